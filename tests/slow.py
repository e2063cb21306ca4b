"""Modules that try many combinations, pages or files: run by ``manage.py test``, left out by ``--fast``.

Of a test with many cases, here or in what runs on PostgreSQL, the usual run has some; ``--thorough`` has all.
"""

import random
from collections.abc import Sequence
from typing import Any

_OF_FOLDERS = {
    "access": """
        matrix former library
    """,
    "architecture": """
        pandas
    """,
    "awards": """
        deadlines fuzzed_files pages
    """,
    "awards/candidates": """
        merging candidates
    """,
    "awards/criteria": """
        weights
    """,
    "awards/doors": """
        doors
    """,
    "awards/editions": """
        edition_pages editions rubric_pages rubric_versions tie_rules
    """,
    "awards/letters": """
        outbox reminders
    """,
    "awards/nomination_import": """
        nomination_import nomination_identity
    """,
    "awards/nominations": """
        answers object_store shortlisting eligibility evidence exemptions withdrawals transitions nomination_pages
    """,
    "awards/people": """
        people_file
    """,
    "awards/past_winners": """
        past_winners
    """,
    "awards/selections": """
        calendar opening every_province
    """,
    "paritrana/accounts": """
        language people agency agency_factors agency_faults devices event_labels
    """,
    "paritrana/pages": """
        onboarding style_guide
    """,
    "paritrana/queue": """
        workers
    """,
    "paritrana/setup": """
        runner patient_worker requirements
    """,
    "paritrana/uploads": """
        uploads
    """,
    "paritrana/workbooks": """
        workbooks sandbox fuzzed
    """,
    "regions/atlas": """
        atlas
    """,
    "regions/coverage": """
        coverage_list coverage_pages grid number_entries
    """,
    "regions/denominators": """
        denominator_sheets denominators
    """,
    "regions/imports": """
        coverage_files template jobs uploads real_files region_names
    """,
    "regions/indicators": """
        proofs
    """,
    "regions/places": """
        search every_region
    """,
    "regions/plausibility": """
        recall
    """,
    "regions/targets": """
        branch_targets target_file targets
    """,
    "regions/verification": """
        queue_doubts submission verification_pages
    """,
    "scoring": """
        triggers shown_by_chance whose_turn
    """,
    "scoring/conflicts": """
        assistants suggestions exclusion
    """,
    "scoring/documents": """
        certificates checking document_todo wording documents drafts english_editions letters past_certificates
        certificate_jobs previews roll addenda letterhead every_name
    """,
    "scoring/exports": """
        exclusion_files winners_workbook lists
    """,
    "scoring/interviews": """
        interview_pages interviews slots scheduling
    """,
    "scoring/national": """
        proposals
    """,
    "scoring/panel": """
        decrees invitations panel_file panels substitutes rooms two_people
    """,
    "scoring/plenary": """
        dashboard closing deliberation tie_pages ties consistency
    """,
    "scoring/proof": """
        firmness traces what_if
    """,
    "scoring/public": """
        public_moment public_pages public_results
    """,
    "scoring/ranking": """
        panels standings totals
    """,
    "scoring/ranking/robustness": """
        robustness
    """,
    "scoring/results": """
        paging result_pages moment
    """,
    "scoring/sealing": """
        announcing invariants review review_of_rubrics seal_review two_people verification gravity erased_people
    """,
    "scoring/sheets": """
        absent_candidates own_sheets races sheet_costs sheet_pages sheets every_link problems
    """,
    "scoring/sheets/offline": """
        sync
    """,
    "scoring/showcase": """
        showcase
    """,
    "scoring/standings": """
        scores_of_figures scores_of_marks rank standings stored_standings states titles
    """,
    "upgrade": """
        schema story upgrade
    """,
}
SLOW = {f"{folder}/test_{name}.py" for folder, names in _OF_FOLDERS.items() for name in names.split()}
CASES = 4
"""So many cases of one test the usual run has."""


def beyond_the_sample(cases: Sequence[Any], seed: str) -> list[Any]:
    """All cases but the first, the last and some drawn by this seed."""
    return random.Random(seed).sample(cases[1:-1], max(0, len(cases) - CASES))
