"""Which modules try many combinations, pages or files: every full run has them, ``manage.py test --fast`` does not.

The quick run has to end within a minute on two cores; what is not named here takes about a minute of one.
"""

_OF_FOLDERS = {
    "access": """
        matrix
    """,
    "accounts": """
        language people
    """,
    "awards": """
        answering bulk calendar candidate_merging candidates choosing deadlines edition_pages editions
        eligibility evidence exemptions leaving moves nomination_pages opening outbox pages past_winners
        reminders rubric_pages rubric_versions tie_rules weights
    """,
    "paritrana": """
        documents first_steps runner style workbooks workbooks_apart
    """,
    "ranking": """
        panels standings totals
    """,
    "regions": """
        atlas branch_targets coverage_files coverage_list coverage_pages denominator_sheets denominators grid
        number_entries queue_doubts search sending_area sentinel_benchmark targets template upload_phases
        uploads verification_pages
    """,
    "robustness": """
        robustness
    """,
    "scoring": """
        absent_candidates announce assistants bridge_figures bridge_marks certificates chair_room checking
        closing conflict_map decrees deliberation deliveries document_tasks document_texts documents
        draft_papers english_editions exclusion exclusion_files export firmness guards interview_pages
        interviews invariants invitations leaves lists notices own_sheets panels past_certificates pressing
        proposals public_moment public_pages public_results races rank readiness readiness_of_rubrics
        result_pages seal_review sheet_costs sheet_pages sheets slots standings standings_kept states
        substitutes tie_pages ties timetables titles traces two_people uniformity verify what_if
    """,
    "upgrade": """
        schema story upgrade
    """,
}
THOROUGH = {f"{folder}/test_{name}.py" for folder, names in _OF_FOLDERS.items() for name in names.split()}
