"""On which database ``manage.py test`` runs a module; ``--thorough`` runs every module on both.

``--fast`` has no PostgreSQL and leaves out all that is named here.

What is named nowhere runs on SQLite: pages, files and texts, whose queries the access matrix sends to PostgreSQL.
"""


def _modules(of_folders: dict[str, str]) -> set[str]:
    return {f"{folder}/test_{name}.py" for folder, names in of_folders.items() for name in names.split()}


BOTH = _modules(
    {
        "paritrana/accounts": "trail_checkpoint trail_writing",
        "scoring": "triggers triggers_unsealed",
        "scoring/sheets": "races",
    }
)
"""What the house writes for each database by hand: the guards, and the order in which writers wait for each other."""

POSTGRESQL = _modules(
    {
        "access": "matrix result_moment strange_fields strange_input",
        "awards": "deadlines permissions todo",
        "awards/candidates": "candidates merging",
        "awards/editions": "editions rubric_versions tie_rules",
        "awards/letters": "outbox reminders",
        "awards/nomination_import": "nomination_import",
        "awards/nominations": "answers bulk_verifying eligibility entry evidence exemptions figure_states nominating"
        " nominations shortlisting sweeping transitions unsent_figures withdrawals",
        "awards/past_winners": "import_winners past_winners",
        "awards/people": "people_file trail_page trail_words",
        "awards/selections": "calendar open_selection opening",
        "paritrana/accounts": "anchors address_changes installation limits people personal_data second_factor"
        " security_letters sign_in_pages",
        "paritrana/operations": "health",
        "paritrana/pages": "unreadable_requests",
        "paritrana/queue": "retries upload_turns workers",
        "paritrana/setup": "checks giving_way",
        "regions": "todo visibility",
        "regions/coverage": "actions coverage_list",
        "regions/denominators": "denominators",
        "regions/imports": "coverage_files import_coverage jobs",
        "regions/indicators": "indicators",
        "regions/offices": "office_file office_pages working_areas",
        "regions/places": "reference search",
        "regions/targets": "branch_targets sets_of_segments target_file targets",
        "regions/verification": "corrections queue_doubts submission verification",
        "scoring": "searched_choices shown_scores todo",
        "scoring/conflicts": "assistants conflicts exclusion suggestions",
        "scoring/documents": "anchors certificate_jobs documents drafts past_certificates",
        "scoring/interviews": "interviews scheduling",
        "scoring/national": "proposals",
        "scoring/panel": "decrees invitations panel_file panels seat_changes substitutes",
        "scoring/plenary": "closing deliberation open_ties ties",
        "scoring/proof": "traces what_if",
        "scoring/public": "public_moment public_results",
        "scoring/results": "moment result_pages result_todo",
        "scoring/sealing": "announcing announcing_by_two formats golden_seal invariants review review_of_rubrics seal"
        " seal_jobs seal_review shared_rubric stage_review stored_files stored_winners two_people verification",
        "scoring/sheets": "absent_candidates own_sheets sheet_costs sheets",
        "scoring/sheets/offline": "sync",
        "scoring/standings": "comparison rank scores_of_figures scores_of_marks standings states stored_standings"
        " titles",
        "upgrade": "schema upgrade",
    }
)
"""Actions, visible rows, constraints, locks, imports, standings, access: on PostgreSQL instead of SQLite."""
