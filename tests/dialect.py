"""On which database ``manage.py test`` runs a module; ``--thorough`` runs every module on both, ``--fast`` on SQLite.

What is named nowhere runs on SQLite: pages, files and texts, whose queries the access matrix sends to PostgreSQL.
"""


def _modules(of_folders: dict[str, str]) -> set[str]:
    return {f"{folder}/test_{name}.py" for folder, names in of_folders.items() for name in names.split()}


BOTH = _modules(
    {
        "access": "matrix strange_input",
        "awards/editions": "tie_rules",
        "awards/letters": "outbox",
        "awards/nominations": "evidence",
        "awards/people": "trail_words",
        "paritrana/accounts": "address_changes installation personal_data second_factor sign_in_pages trail_checkpoint"
        " trail_writing",
        "paritrana/pages": "unreadable_requests",
        "paritrana/operations": "health",
        "paritrana/queue": "workers",
        "paritrana/setup": "checks",
        "regions/coverage": "actions",
        "regions/imports": "jobs",
        "regions/offices": "working_areas",
        "regions/targets": "branch_targets sets_of_segments",
        "regions/indicators": "indicators",
        "regions/verification": "corrections",
        "scoring": "searched_choices triggers triggers_unsealed",
        "scoring/documents": "certificate_jobs documents drafts past_certificates",
        "scoring/national": "proposals",
        "scoring/panel": "seat_changes",
        "scoring/plenary": "closing",
        "scoring/proof": "traces",
        "scoring/results": "result_pages",
        "scoring/sealing": "announcing announcing_by_two formats invariants review seal shared_rubric stored_winners"
        " two_people verification",
        "scoring/sheets": "races",
        "scoring/standings": "comparison stored_standings",
        "upgrade": "schema upgrade",
    }
)
"""SQL, triggers, locks, commits or database errors of their own, which each database answers in its own way."""

POSTGRESQL = _modules(
    {
        "awards": "deadlines permissions todo",
        "awards/candidates": "candidates merging",
        "awards/editions": "editions rubric_versions",
        "awards/letters": "reminders",
        "awards/nomination_import": "nomination_import",
        "awards/nominations": """
            entry
            answers bulk_verifying eligibility exemptions figure_states nominating nominations shortlisting sweeping
            transitions unsent_figures withdrawals
        """,
        "awards/past_winners": "past_winners import_winners",
        "awards/people": "people_file trail_page",
        "awards/selections": "calendar opening open_selection",
        "paritrana/accounts": "limits people security_letters",
        "regions": "todo visibility",
        "regions/coverage": "coverage_list",
        "regions/denominators": "denominators",
        "regions/imports": "import_coverage coverage_files",
        "regions/offices": "office_file office_pages",
        "regions/places": "reference search",
        "regions/targets": "target_file targets",
        "regions/verification": "queue_doubts submission verification",
        "scoring": "shown_scores todo",
        "scoring/conflicts": "assistants conflicts exclusion suggestions",
        "scoring/interviews": "interviews scheduling",
        "scoring/panel": "decrees invitations panel_file panels substitutes",
        "scoring/plenary": "deliberation ties",
        "scoring/proof": "what_if",
        "scoring/public": "public_moment public_results",
        "scoring/results": "result_todo",
        "scoring/sealing": "golden_seal review_of_rubrics seal_review stage_review stored_files",
        "scoring/sheets": "absent_candidates own_sheets sheet_costs sheets",
        "scoring/sheets/offline": "sync",
        "scoring/standings": "rank scores_of_figures scores_of_marks standings states titles",
    }
)
"""Actions, transitions, visible rows, searches, imports and standings: on PostgreSQL instead of SQLite."""
