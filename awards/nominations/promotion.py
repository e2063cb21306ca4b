"""Promotes a province's nomination to the national selection with a frozen copy.

Also compares the copy with the present data.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.criteria import answers
from awards.criteria.completeness import rubric_criteria
from awards.models import Evidence, Nomination, Selection
from awards.models.selections import Level
from awards.signals import selection_changed
from awards.stages import TAKES_PROPOSALS, NominationState
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display import formats
from regions.models import Coverage, Definition, State


def frozen_copy(nomination: Nomination, digest: str) -> dict[str, Any]:
    """The data of a sealed nomination as JSON: answers as text, figures with source, digests of evidence.

    ``digest`` is that of the province's seal. Place and total are not copied: the national selection scores anew.
    """
    return {
        "selection": nomination.selection.slug,
        "category": nomination.category.slug,
        "seal": digest,
        "answers": [
            {
                "criterion": row.criterion.slug,
                "name": row.criterion.name,
                "kind": row.criterion.kind,
                "facts": answers.facts(row.criterion, row.value),
                "note": row.note,
            }
            for row in nomination.answers.select_related("criterion")
        ],
        "coverage": [_figure(figure) for figure in _figures(nomination)],
        "evidence": [
            {"criterion": one.criterion.slug, "name": one.name, "size": one.size, "sha256": one.sha256}
            for one in nomination.evidence.current().select_related("criterion")
        ],
    }


def _figures(nomination: Nomination) -> list[Coverage]:
    """The figures its rubric uses, of the year and the year before."""
    year = nomination.selection.edition.coverage_year
    criteria = rubric_criteria(nomination.selection, nomination.category)
    segments = {segment.pk for criterion in criteria for segment in criterion.segments.all()}
    found = Coverage.objects.filter(
        region=nomination.candidate.region_id, year__in=[year - 1, year], segment__in=segments
    )
    return list(found.select_related("segment", "definition").order_by("-year", "segment__order"))


def _figure(figure: Coverage) -> dict[str, Any]:
    return {
        "segment": figure.segment.code,
        "year": figure.year,
        "participants": figure.participants,
        "workers": figure.workers,
        "definition": {"territory": figure.definition.territory, "denominator": figure.definition.denominator},
        "source": figure.source,
        "version": figure.version,
        "is_verified": figure.verified_at is not None,
        "state": figure.state,
    }


@dataclass(frozen=True)
class Compared:
    """One item, as the province proposed it and as it is now; empty where it did or does not exist."""

    kind: str
    label: str
    then: str
    now: str

    @property
    def is_different(self) -> bool:
        return self.then != self.now


def compared(nomination: Nomination) -> list[Compared]:
    """The frozen copy and the present data as text; empty for a nomination without copy. Five queries."""
    copy = nomination.carried
    if not copy:
        return []
    now = frozen_copy(nomination, copy["seal"])
    parts = [("answer", "answers", _answer), ("coverage", "coverage", _figure_text), ("evidence", "evidence", _file)]
    found = []
    for kind, name, words in parts:
        then_by, now_by = dict(map(words, copy[name])), dict(map(words, now[name]))
        labels = [*then_by, *(label for label in now_by if label not in then_by)]
        found += [Compared(kind, label, then_by.get(label, ""), now_by.get(label, "")) for label in labels]
    return found


def _answer(row: dict[str, Any]) -> tuple[str, str]:
    text = answers.answer_text(row["kind"], row["facts"])
    return row["name"], f"{text} ({row['note']})" if row["note"] else text


def _figure_text(row: dict[str, Any]) -> tuple[str, str]:
    definition = Definition(**row["definition"])
    figures = {"part": formats.count(row["participants"]), "whole": formats.count(row["workers"])}
    share = _("%(part)s of %(whole)s") % figures
    parts = [share, str(definition), row["source"], _state(row)]
    return f"{row['segment']} {row['year']}", " · ".join(filter(None, parts))


def _state(row: dict[str, Any]) -> str:
    """Old copies have no states, only whether the figure was verified."""
    state = row.get("state") or (State.VERIFIED if row["is_verified"] else "")
    return str(State(state).label if state else _("not verified"))


def _file(row: dict[str, Any]) -> tuple[str, str]:
    return f"{row['criterion']}: {row['name']}", f"sha256 {row['sha256'][:16]}…"


def carry_answers(source: Nomination, made: Nomination) -> None:
    """Copy answers and evidence to the criteria of the other rubric with the same slug.

    An answer that the other criterion does not accept stays in the frozen copy only.
    """
    criteria = {criterion.slug: criterion for criterion in rubric_criteria(made.selection, made.category)}
    for row in source.answers.select_related("criterion"):
        there = criteria.get(row.criterion.slug)
        if there and there.kind == row.criterion.kind and _fits(there, row.value, made):
            made.answers.create(criterion=there, value=row.value, note=row.note)
    for file in source.evidence.current().select_related("criterion"):
        if there := criteria.get(file.criterion.slug):
            Evidence.objects.create(
                nomination=made,
                criterion=there,
                uploaded_by_id=file.uploaded_by_id,
                **{name: getattr(file, name) for name in ("name", "kind", "size", "pages", "sha256", "key")},
            )


def _fits(criterion: Any, value: dict[str, Any], nomination: Nomination) -> bool:
    try:
        return answers.checked(criterion, value, nomination.candidate) == value
    except ValidationError:
        return False


COMPETED = (NominationState.VERIFIED, NominationState.SHORTLISTED)


def refusal(nomination: Nomination, to: Selection) -> ValidationError | None:
    """Why it cannot be proposed there: ``not-open``, ``not-sealed``, ``gone``, ``no-category``, ``nominated``."""
    if to.level != Level.NATIONAL or to.edition_id != nomination.selection.edition_id:
        return ValidationError(_("Proposals go to the national selection of the same edition."), code="not-open")
    if to.stage not in TAKES_PROPOSALS:
        return ValidationError(_("The national selection takes no more proposals at its stage."), code="not-open")
    if not nomination.selection.is_sealed:
        return ValidationError(_("The result of the province is not sealed yet."), code="not-sealed")
    if nomination.state not in COMPETED:
        return ValidationError(_("It does not compete any more."), code="gone")
    if not to.categories.filter(pk=nomination.category_id).exists():
        return ValidationError(_("The national selection has no such category."), code="no-category")
    same = {"category": nomination.category_id, "candidate": nomination.candidate_id}
    if to.nominations.filter(**same).exclude(carried_from=nomination).exists():
        return ValidationError(_("It is nominated there already, in another way."), code="nominated")
    return None


@transaction.atomic
def propose(
    nomination: Nomination, to: Selection, *, by: User, seal: str, sent_by: User | None = None, reason: str = ""
) -> Nomination:
    """Create its nomination in the national selection: sent, to be verified by somebody else and scored anew.

    ``seal`` is the digest of the province's result, ``sent_by`` who is responsible for the proposal if not ``by``; a
    ``reason`` marks an exception. An existing proposal is returned unchanged. Raises the ValidationError of
    ``refusal``.
    """
    held = Selection.objects.select_for_update(no_key=True).get(pk=to.pk)
    source = Nomination.objects.with_context().get(pk=nomination.pk)
    made = Nomination.objects.filter(carried_from=source).first()
    if made:
        return made
    if refused := refusal(source, held):
        raise refused
    made = Nomination.objects.create(
        selection=held,
        category=source.category,
        sector=source.sector,
        candidate=source.candidate,
        state=NominationState.SENT,
        nominated_by=source.nominated_by,
        submitted_at=timezone.now(),
        submitted_by=sent_by or by,
        carried_from=source,
        carried_reason=reason.strip(),
        carried=frozen_copy(source, seal),
    )
    carry_answers(source, made)
    detail = {"source": source.pk, "selection": source.selection.slug, "seal": seal}
    trail.record(by, "nomination.propose", made, **detail, **({"reason": reason.strip()} if reason.strip() else {}))
    selection_changed.send(sender=Nomination, selection=held, by=by)
    return made
