"""Base class of a kind of criterion, with every hook the portal uses. See ``docs/kinds.md``.

``criterion`` is a row of ``awards.models.Criterion`` in the first half, and the entry of the sealed document in the
hooks of the workbook. A kind queries no rows and imports neither models nor scoring.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from awards.criteria.boxes import Boxes
from awards.criteria.exchange import (
    Cell,
    Cells,
    Criterion,
    CriterionInputs,
    Facts,
    Figure,
    Head,
    Kernel,
    Nomination,
    Scores,
    Trace,
    TraceParts,
)

Rules = Mapping[str, Any]
FIGURES = frozenset({"points", "not_applicable"})
"""Parts of a rule that are figures with two decimals in every kind."""
Made = tuple[list[Cell], str]
"""The raw cells of a contender for a criterion, and the formula of the score."""


class Kind:
    name = ""
    label: str | Promise = ""
    order = 0
    """Its position in the list of kinds."""
    is_answered = False
    """Whether the nominator answers it; see ``Answered``."""
    is_interviewed = False
    """Whether it is assessed at the interview; then it applies to every candidate."""
    is_listed = False
    """Whether its answer is a list of rows that the verifier ticks; see ``Listed``."""
    counts_coverage = False
    """Whether it is computed over segments of workers, which the criterion names."""
    counts_year_before = False
    """Whether it also uses the figures of the year before."""

    # The rule, in the document of an edition and in the editor of rubrics.

    rule_boxes: Boxes = {}
    """Its own keys in the document, each with its form field."""
    rows = ""
    """The key that holds rows, where the rule has any."""
    row_boxes: Boxes = {}
    """The parts of a row, each with its form field."""
    add_row: str | Promise = ""
    """The text of the button that adds a row."""
    several: frozenset[str] = frozenset()
    """Parts of a row with several choices."""
    figures: frozenset[str] = frozenset()
    """Which keys and parts of rows are figures with two decimals, in addition to ``FIGURES``."""
    units: Mapping[str, str] = {}
    """The unit shown after the figure of a field."""

    def read_rules(self, reading: Any, source: Any, place: str) -> dict[str, Any]:
        """The rule in its stored form, read from the document; every fault is noted in ``reading``."""
        return {}

    def rule_text(self, rules: Rules) -> str:
        """The rule as one sentence; empty for kinds without a rule."""
        return ""

    def may_exceed_full(self, rules: Rules, *, cuts_shares: bool) -> bool:
        """Whether a score may be more than 100.00; ``cuts_shares`` is that of the inputs."""
        return False

    # What the page of a nomination shows before anything is scored.

    known_as = ""
    """``share`` or ``growth`` where ``known`` gives such figures."""

    def known(self, criterion: Criterion, figures: Any) -> dict[str, Any]:
        """What the coverage of the candidate's region gives: fields of ``nominations.detail.CriterionFigures``."""
        return {}

    # The score, the reason when there is none, and its explanation.

    reasons: Mapping[str, str | Promise] = {}
    """code -> why there is no score, as text."""

    def reason_text(self, code: str, arguments: list[Any]) -> str:
        """The arguments of a stored reason as text."""
        return " ".join(map(str, arguments))

    def read(
        self, criterion: Criterion, nominations: list[Nomination], evidence: CriterionInputs, kernel: Kernel
    ) -> Scores:
        raise NotImplementedError

    def explain(self, facts: Facts) -> str:
        """How a score came about, in one sentence; ``facts`` are those of ``read`` and not empty."""
        raise NotImplementedError

    def trace(self, walk: TraceParts, slug: str, score: Figure, facts: Facts) -> Trace:
        raise NotImplementedError

    # The winners workbook.

    def rule_rows(self, criterion: Facts) -> dict[str, list[list[Cell]]]:
        """Its rows on the rules sheet by key: label, text, nothing, limit, points."""
        return {}

    def heads(self, criterion: Facts, cells: Cells) -> list[Head]:
        """The columns before the column of the score."""
        return []

    def workbook(self, criterion: Facts, cells: Cells, contender: Facts) -> Made:
        raise NotImplementedError


KINDS: dict[str, Kind] = {}
"""Every kind by its name; filled when ``awards.criteria.kinds`` is imported."""


def register(kind: type[Kind]) -> type[Kind]:
    KINDS[kind.name] = kind()
    return kind
