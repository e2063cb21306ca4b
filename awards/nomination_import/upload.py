"""What a workbook of nominations would do, shown before it is done, and done whole or not at all."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from awards.candidates import actions as entering
from awards.legal_scale import scale_of
from awards.models import Candidate, Category, Nomination, Selection
from awards.nomination_import.columns import columns_of
from awards.nomination_import.questions import AnsweredRows, Answers, answered, questions
from awards.nomination_import.rows import ImportedNominations, NominationReader, NominationRow
from awards.nominations.actions import answer, nominate
from awards.signals import sent_once
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.formats import ranges
from paritrana.workbooks import sandbox
from paritrana.workbooks.staging import FaultyFile, Stale, Upload, plain
from regions.imports.upload import MOST_SHOWN, Became, ImportPreview


class Unanswered(Exception):
    """A row is asked about and nobody has answered."""


def about(selection: Selection, category: Category) -> str:
    """What an upload is bound to: a file for one category of one selection is taken for no other."""
    return f"nominations-{selection.slug}-{category.slug}"


def preview(
    upload: Upload, selection: Selection, category: Category, user: User, answers: Answers | None = None
) -> ImportPreview:
    return _compared(upload, selection, category, user, answers or {})[0]


@transaction.atomic
def carry_out(
    upload: Upload,
    selection: Selection,
    category: Category,
    *,
    digest: str,
    fingerprint: str,
    answers: Answers | None = None,
    by: User,
) -> int:
    """Make the drafts that were shown, with their candidates and answers; how many.

    Raises Stale, FaultyFile, or Unanswered while a row is asked about.
    """
    Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    shown, found = _compared(upload, selection, category, by, answers or {})
    if not upload.is_whole(digest) or shown.digest != digest or shown.fingerprint != fingerprint:
        raise Stale
    if shown.faults:
        raise FaultyFile
    if found.open:
        raise Unanswered
    try:
        with transaction.atomic(), sent_once():
            made = [_make(wanted, selection, category, by) for wanted in found.made]
    except ValidationError as overtaken:
        raise Stale from overtaken
    if made:
        detail = {"file": upload.name, "sha256": upload.digest, "category": category.slug, "nominations": len(made)}
        trail.record(by, "nomination.upload", selection, **detail)
    return len(made)


def _make(wanted: NominationRow, selection: Selection, category: Category, by: User) -> Nomination:
    candidate = wanted.match or entering.create(category.candidate_kind, wanted.facts, by=by)
    nomination = nominate(selection, category, candidate, sector=wanted.sector, by=by)
    if wanted.answers:
        answer(nomination, wanted.answers, by=by)
    return nomination


def _compared(
    upload: Upload, selection: Selection, category: Category, user: User, answers: Answers
) -> tuple[ImportPreview, AnsweredRows]:
    table = sandbox.table(upload.folder)
    shown = ImportPreview.of(table)
    with translation.override(settings.LANGUAGE_CODE):
        columns = columns_of(selection, category)
    reader = NominationReader(selection, category, columns, user)
    found = reader.read(table)
    shown.faults, shown.faulty = [plain(fault) for fault in found.faults[:MOST_SHOWN]], len(found.faults)
    wanted = [] if found.faults else found.wanted
    said = answered(wanted, answers, reader.nominated)
    said.already = [*found.already, *said.already]
    _show(shown, found, said, table.header)
    seen = Candidate.objects.visible_to(user).filter(pk__in=[one.pk for each in wanted for one in each.asked])
    shown.questions = questions(wanted, answers, seen)
    shown.fingerprint = sha256(repr([_content(one) for one in wanted]).encode()).hexdigest()
    return shown, said


def _show(shown: ImportPreview, found: ImportedNominations, said: AnsweredRows, header: int) -> None:
    shown.changes, shown.same = [_shown(one) for one in said.made[:MOST_SHOWN]], len(said.already)
    shown.new = sum(one.match is None for one in said.made)
    shown.altered = len(said.made) - shown.new
    refused = {fault.row for fault in found.faults if fault.row > header}
    shown.became = [
        Became(_("drafts to be made"), len(said.made)),
        Became(_("nominated already"), len(said.already), ranges(one.row for one in said.already)),
        Became(_("asked"), len(said.open), ranges(one.row for one in said.open)),
        Became(_("left out as repeated"), len(said.left_out), ranges(one.row for one in said.left_out)),
        Became(_("refused"), len(refused), ranges(refused)),
    ]
    shown.rows = found.rows
    if waiting := found.rows - sum(each.count for each in shown.became):
        shown.became.append(Became(_("held back by the faults"), waiting))


def _content(wanted: NominationRow) -> tuple[Any, ...]:
    facts = sorted((name, str(value)) for name, value in wanted.facts.items())
    given = sorted((criterion.pk, repr(value)) for criterion, value in wanted.answers.items())
    asked = [one.pk for one in wanted.asked], wanted.asked_rows
    return wanted.row, wanted.match and wanted.match.pk, asked, facts, wanted.sector and wanted.sector.pk, given


def _shown(wanted: NominationRow) -> dict[str, Any]:
    facts = wanted.facts
    basis = facts.get("scale_basis")
    return {
        "row": wanted.row,
        "name": facts["name"],
        "region": facts["region"].name,
        "npp": facts.get("npp", ""),
        "sector": wanted.sector.name if wanted.sector else "",
        "scale": str(scale_of(basis, facts["scale_amount"]).label) if basis else "",
        "answers": len(wanted.answers),
        "match": wanted.match.name if wanted.match else "",
        "match_url": wanted.match.get_absolute_url() if wanted.match else "",
    }
