"""Invariants of the database as a table; each finds the rows that break it, for one selection or for all."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import cast

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Appointment, Criterion, Nomination, Rubric, Selection, Title
from awards.models.rubrics import WHOLE, Awarding
from awards.nominations import file_rows
from awards.stages import OPEN_IN, Permission, Stage
from awards.stages import NominationState as State
from paritrana import triggers
from paritrana.accounts import trail
from paritrana.accounts.lines import are_of_one_line
from paritrana.accounts.models import AuditEvent, User
from paritrana.parallel import in_processes
from paritrana.uploads import stored_files
from regions.models import Coverage, CoverageVersion
from scoring import verify_seal
from scoring.models import Conflict, Document, Mark, MarkVersion, ScoreSheet, Seal, SealRequest, Seat, Standing
from scoring.standings import comparison
from scoring.standings.inputs import contenders

_SEALED = [Stage.SEALED, Stage.ANNOUNCED]
_RANKED = [stage for stage, may in OPEN_IN.items() if Permission.SEE_RANKING in may]
Selections = QuerySet[Selection]


@dataclass(frozen=True)
class Broken:
    """One row or fact that breaks an invariant."""

    code: str
    what: str

    def __str__(self) -> str:
        return f"{self.code}: {self.what}"


@dataclass(frozen=True)
class Invariant:
    """``find`` returns what breaks it in these selections; ``everywhere`` means that it concerns no single one."""

    code: str
    text: Promise
    find: Callable[[Selections], Iterator[str]]
    everywhere: bool = False


def broken(
    selection: Selection | None = None, *, without: Collection[str] = (), processes: int = 1
) -> Iterator[Broken]:
    """Everything broken; for one selection, what concerns it. ``without`` are codes to skip.

    Selections are read one after the other, so memory follows the largest; what two of them name is listed once.
    """
    if selection is not None:
        yield from _broken_in(selection.pk, without=frozenset(without))
        return
    everywhere = Selection.objects.all()
    for one in INVARIANTS:
        if one.everywhere and one.code not in without:
            yield from (Broken(one.code, what) for what in one.find(everywhere))
    keys = list(Selection.objects.order_by("-edition__period_end", "slug").values_list("pk", flat=True))
    work = partial(_broken_in, without=frozenset(without))
    yield from dict.fromkeys(each for found in in_processes(work, keys, processes) for each in found)


def _broken_in(key: int, *, without: frozenset[str]) -> list[Broken]:
    among = Selection.objects.filter(pk=key)
    asked = (one for one in INVARIANTS if not one.everywhere and one.code not in without)
    return [Broken(one.code, what) for one in asked for what in one.find(among)]


def guards_stand(among: Selections) -> Iterator[str]:
    yield from triggers.missing(connection)


def trail_is_whole(among: Selections) -> Iterator[str]:
    yield from trail.faults()


def stage_meets_seal(among: Selections) -> Iterator[str]:
    for selection in among.filter(stage__in=_SEALED, seal=None):
        yield f"{selection.slug}: {selection.stage}, without a seal in force"
    for selection in among.exclude(stage__in=_SEALED).filter(seal__isnull=False):
        yield f"{selection.slug}: {selection.stage}, with a seal in force"


def seals_are_numbered(among: Selections) -> Iterator[str]:
    for selection in among.filter(seals__isnull=False).distinct():
        numbers = list(selection.seals.order_by("number").values_list("number", flat=True))
        current = selection.seals.filter(current_of__isnull=False).values_list("number", flat=True).first()
        if numbers != list(range(1, len(numbers) + 1)) or current not in (None, numbers[-1]):
            yield f"{selection.slug}: {numbers}, in force {current}"


def seals_have_their_digest(among: Selections) -> Iterator[str]:
    for seal in Seal.objects.filter(selection__in=among).select_related("selection"):
        sealed = AuditEvent.objects.of(seal.selection).filter(verb="result.seal").values_list("detail", flat=True)
        if hashlib.sha256(seal.payload.encode()).hexdigest() != seal.digest:
            yield f"{seal.selection.slug} {seal.number}: {seal.digest}"
        elif seal.digest not in {detail.get("digest") for detail in sealed}:
            yield f"{seal.selection.slug} {seal.number}: {seal.digest}, not in the trail"


def documents_have_their_digest(among: Selections) -> Iterator[str]:
    for document in Document.objects.order_by("pk").iterator(chunk_size=10):
        if hashlib.sha256(bytes(document.content)).hexdigest() != document.sha256:
            yield f"{document}: {document.sha256}"


def files_are_there(among: Selections) -> Iterator[str]:
    """Every file exists with its size; ``verify_evidence`` checks the content."""
    yield from (f"{file}: {fault.value}" for file in file_rows.every() if (fault := stored_files.absent(file)))


def seals_were_asked_for(among: Selections) -> Iterator[str]:
    """By the person and with the decree the seal names, and confirmed by the other person."""
    granted = SealRequest.objects.filter(selection__in=among, outcome=SealRequest.Outcome.GRANTED)
    asked = set(granted.values_list("selection", "kind", "asked_by", "ended_by"))
    for seal in Seal.objects.filter(selection__in=among).select_related("selection"):
        if (seal.selection_id, "seal", seal.sealed_by_id, seal.seconded_by_id) not in asked:
            yield f"{seal.selection.slug} {seal.number}: sealed"
        reopened = (seal.selection_id, "reopen", seal.reopened_by_id, seal.reopen_seconded_by_id)
        if seal.reopened_at and reopened not in asked:
            yield f"{seal.selection.slug} {seal.number}: reopened"


def standings_are_what_the_rows_give(among: Selections) -> Iterator[str]:
    """At every stage with rankings; before it none are stored.

    Weights that make no computation possible are a separate invariant.
    """
    for selection in among.filter(stage__in=_RANKED).select_related("edition", "province"):
        try:
            yield from (f"{selection.slug} {one}" for one in comparison.differences(selection))
        except ValueError as error:
            yield f"{selection.slug}: {error}"
    for row in Standing.objects.filter(selection__in=among.exclude(stage__in=_RANKED)).select_related("selection"):
        yield f"{row.selection.slug} {row}: {row.selection.stage}"


def marks_are_in_range(among: Selections) -> Iterator[str]:
    beyond = Mark.objects.filter(Q(value__lt=0) | Q(value__gt=WHOLE), sheet__nomination__selection__in=among)
    for mark in beyond.select_related("sheet__nomination__candidate", "sheet__seat__appointment__user", "criterion"):
        yield f"{mark}: {mark.value}"


def marks_are_their_last_version(among: Selections) -> Iterator[str]:
    last = MarkVersion.objects.filter(mark=OuterRef("pk")).order_by("-version")
    marks = Mark.objects.filter(sheet__nomination__selection__in=among).annotate(
        last_version=Subquery(last.values("version")[:1]), last_value=Subquery(last.values("value")[:1])
    )
    agree = Q(last_value=F("value")) | Q(last_value=None, value=None)
    odd = marks.exclude(Q(pk__in=marks.filter(agree, last_version=F("version")).values("pk")))
    for mark in odd.select_related("sheet__nomination__candidate", "sheet__seat__appointment__user", "criterion"):
        yield f"{mark}: {mark.value} v{mark.version}, {mark.last_value} v{mark.last_version}"


def sheets_are_handed_in_by_their_jurors(among: Selections) -> Iterator[str]:
    sheets = ScoreSheet.objects.submitted().filter(nomination__selection__in=among)
    foreign = sheets.exclude(submitted_by=F("seat__appointment__user"))
    for sheet in foreign.select_related("nomination__candidate", "seat__appointment__user", "submitted_by"):
        yield f"{sheet}: {sheet.submitted_by}"


def coverage_is_its_last_version(among: Selections) -> Iterator[str]:
    """For every figure, or those of the candidates' regions."""
    last = CoverageVersion.objects.filter(coverage=OuterRef("pk")).order_by("-version")
    values = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("version", "workers", "participants")}
    regions = Nomination.objects.filter(selection__in=among).order_by().values("candidate__region")
    figures = Coverage.objects.filter(region__in=regions).annotate(**values)
    agree = Q(last_version=F("version"), last_workers=F("workers"), last_participants=F("participants"))
    for figure in figures.exclude(pk__in=figures.filter(agree).values("pk")).with_context():
        now = f"{figure.participants}/{figure.workers} v{figure.version}"
        yield f"{figure}: {now}, {figure.last_participants}/{figure.last_workers} v{figure.last_version}"


def weights_are_whole(among: Selections) -> Iterator[str]:
    """For the rubrics in force for the selections, pinned or not, and their ranked titles."""
    rubrics = {key for each in among for key in Rubric.objects.in_force(each).values_list("pk", flat=True)}
    sums = Criterion.objects.filter(aspect__rubric__in=rubrics).order_by().values("aspect__rubric")
    for row in sums.annotate(sum=Sum("weight")).exclude(sum=WHOLE):
        yield f"{Rubric.objects.get(pk=row['aspect__rubric'])}: {row['sum']}"
    titles = Title.objects.filter(rubric__in=rubrics).exclude(awarding=Awarding.SPECIAL)
    for title in titles.annotate(sum=Sum("weights__weight")).exclude(sum=WHOLE).select_related("rubric__category"):
        yield f"{title.rubric} {title}: {title.sum}"


def kept_out_is_not_counted(among: Selections) -> Iterator[str]:
    """No sealed document has a mark of a juror with a conflict of interest in the candidate, or of another room."""
    for seal in Seal.objects.filter(current_of__in=among).select_related("selection"):
        conflicts = Conflict.objects.filter(nomination__selection=seal.selection_id)
        candidate = "nomination__candidate__"
        out = set(conflicts.values_list(f"{candidate}region__code", f"{candidate}name", "seat__order"))
        document = json.loads(seal.payload)
        if "inputs" in document:
            yield from (f"{seal.selection.slug} {one}" for one in verify_seal.outside_rooms(document))
        for row in document.get("inputs", {}).get("nominations", []):
            for slug, marks in row["marks"].items():
                for order in sorted(marks):
                    if (row["region"], row["name"], int(order)) in out:
                        yield f"{seal.selection.slug} {row['region']} {row['name']}: {slug} {order}"


_SIGNED = {
    State.DRAFT: Q(verified_at=None),
    State.SENT: Q(submitted_at__isnull=False),
    State.RETURNED: Q(submitted_at__isnull=False),
    State.VERIFIED: Q(submitted_at__isnull=False, verified_at__isnull=False),
    State.SHORTLISTED: Q(submitted_at__isnull=False, verified_at__isnull=False),
    State.NOT_SHORTLISTED: Q(submitted_at__isnull=False, verified_at__isnull=False),
    State.DISQUALIFIED: ~Q(left_from=""),
    State.WITHDRAWN: ~Q(left_from=""),
}
"""The signatures the moves to a state leave behind."""


def states_were_reached(among: Selections) -> Iterator[str]:
    sound = Q()
    for state, signatures in _SIGNED.items():
        sound |= Q(state=state) & signatures
    rows = Nomination.objects.filter(selection__in=among)
    for row in rows.exclude(pk__in=rows.filter(sound).values("pk")).select_related("candidate", "selection"):
        yield f"{row.selection.slug} {row}: {row.state}"


def what_is_sealed_is_locked(among: Selections) -> Iterator[str]:
    """The pinned rubric and the contenders' figures."""
    for selection in among.filter(seal__isnull=False).select_related("edition"):
        for rubric in Rubric.objects.in_force(selection).select_related("category"):
            competing = contenders(selection, rubric, list(Criterion.objects.filter(aspect__rubric=rubric)))
            if not competing:
                continue
            if rubric.locked_at is None or not selection.contests.filter(rubric=rubric).exists():
                yield f"{selection.slug}: {rubric}"
            year = selection.edition.coverage_year
            regions = competing.order_by().values("candidate__region")
            figures = Coverage.objects.filter(region__in=regions, year__in=[year - 1, year], locked_at=None)
            yield from (f"{selection.slug}: {figure}" for figure in figures.with_context())


def requests_end_by_two(among: Selections) -> Iterator[str]:
    both = SealRequest.objects.filter(selection__in=among, outcome="granted", asked_by=F("ended_by"))
    yield from (f"{one.selection.slug}: {one.asked_by}" for one in both.select_related("selection", "asked_by"))


def signatures_are_of_two_lines(among: Selections) -> Iterator[str]:
    """Neither did one of the two bring the other, nor give them the role they second with."""
    granted = SealRequest.objects.filter(selection__in=among, outcome=SealRequest.Outcome.GRANTED)
    for one in granted.select_related("selection", "asked_by", "ended_by"):
        second, selection = cast(User, one.ended_by), one.selection
        scope = Q(selection=selection) | Q(selection=None, edition=selection.edition_id)
        roles = Appointment.objects.filter(scope, user=second, granted_by=one.asked_by)
        then = roles.filter(Q(ended_at=None) | Q(ended_at__gt=one.ended_at))
        if are_of_one_line(one.asked_by, second) or then.exists():
            yield f"{selection.slug}: {one.asked_by}, {second} ({one.kind})"


def seats_belong_to_their_panel(among: Selections) -> Iterator[str]:
    seats = Seat.objects.filter(panel__selection__in=among).exclude(appointment__selection=F("panel__selection"))
    yield from (f"{seat.panel_id}: {seat}" for seat in seats.select_related("appointment__user"))


INVARIANTS = [
    Invariant("guards", _("the triggers of the database are in place"), guards_stand),
    Invariant("trail", _("the trail is whole"), trail_is_whole, everywhere=True),
    Invariant("stage-and-seal", _("a sealed selection has one seal in force, any other none"), stage_meets_seal),
    Invariant("seal-numbers", _("seals are numbered in a row, the last is in force"), seals_are_numbered),
    Invariant("seal-digest", _("a sealed document has its digest, and the trail names it"), seals_have_their_digest),
    Invariant("seal-asked", _("a seal was asked for and seconded by whom it names"), seals_were_asked_for),
    Invariant("document-digest", _("a paper has its digest"), documents_have_their_digest, everywhere=True),
    Invariant("files", _("every file a row names is there"), files_are_there, everywhere=True),
    Invariant("two-people", _("nobody seconds the own request"), requests_end_by_two),
    Invariant("two-lines", _("the two who sign a seal do not depend on each other"), signatures_are_of_two_lines),
    Invariant("standings", _("stored standings are what the rows give"), standings_are_what_the_rows_give),
    Invariant("mark-range", _("a mark lies between 0 and 100"), marks_are_in_range),
    Invariant("mark-version", _("a mark is its last version"), marks_are_their_last_version),
    Invariant("sheet-juror", _("a sheet is handed in by its juror"), sheets_are_handed_in_by_their_jurors),
    Invariant("seat-panel", _("a seat belongs to an appointment of its selection"), seats_belong_to_their_panel),
    Invariant("coverage-version", _("a figure is its last version"), coverage_is_its_last_version),
    Invariant("weights", _("weights add up to 100.00"), weights_are_whole),
    Invariant("kept-out", _("no mark of a juror with a conflict of interest counts"), kept_out_is_not_counted),
    Invariant("state", _("a nomination bears the signatures of its state"), states_were_reached),
    Invariant("locked", _("what a seal is based on is locked"), what_is_sealed_is_locked),
]
