"""What a workbook of nominations would do, shown before it is done, and done whole or not at all."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from awards.candidates import actions as entering
from awards.legal_scale import scale_of
from awards.models import Category, Nomination, Selection
from awards.nomination_import.columns import columns_of
from awards.nomination_import.rows import ImportedNominations, NominationReader, NominationRow
from awards.nominations.actions import answer, nominate
from awards.signals import sent_once
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.workbooks import sandbox
from paritrana.workbooks.staging import FaultyFile, Stale, Upload, plain
from regions.imports.upload import MOST_SHOWN, ImportPreview


def about(selection: Selection, category: Category) -> str:
    """What an upload is bound to: a file for one category of one selection is taken for no other."""
    return f"nominations-{selection.slug}-{category.slug}"


def preview(upload: Upload, selection: Selection, category: Category, user: User) -> ImportPreview:
    return _compared(upload, selection, category, user)[0]


@transaction.atomic
def carry_out(
    upload: Upload, selection: Selection, category: Category, *, digest: str, fingerprint: str, by: User
) -> int:
    """Make the drafts that were shown, with their candidates and answers; how many. Raises Stale or FaultyFile."""
    Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    shown, found = _compared(upload, selection, category, by)
    if not upload.is_whole(digest) or shown.digest != digest or shown.fingerprint != fingerprint:
        raise Stale
    if shown.faults:
        raise FaultyFile
    try:
        with transaction.atomic(), sent_once():
            made = [_make(wanted, selection, category, by) for wanted in found.wanted]
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
    upload: Upload, selection: Selection, category: Category, user: User
) -> tuple[ImportPreview, ImportedNominations]:
    table = sandbox.table(upload.folder)
    shown = ImportPreview.of(table)
    with translation.override(settings.LANGUAGE_CODE):
        columns = columns_of(selection, category)
    found = NominationReader(selection, category, columns, user).read(table)
    shown.faults, shown.faulty = [plain(fault) for fault in found.faults[:MOST_SHOWN]], len(found.faults)
    wanted = [] if found.faults else found.wanted
    shown.changes, shown.same = [_shown(one) for one in wanted[:MOST_SHOWN]], found.same
    shown.new = sum(one.match is None for one in wanted)
    shown.altered = len(wanted) - shown.new
    shown.fingerprint = sha256(repr([_content(one) for one in wanted]).encode()).hexdigest()
    return shown, found


def _content(wanted: NominationRow) -> tuple[Any, ...]:
    facts = sorted((name, str(value)) for name, value in wanted.facts.items())
    given = sorted((criterion.pk, repr(value)) for criterion, value in wanted.answers.items())
    return wanted.key, facts, wanted.sector and wanted.sector.pk, given


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
