"""Exports: every file is recorded in the trail.

``language`` is that of the file: the official Indonesian, or English with the same figures.
"""

import json
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards import permissions
from awards.models import Edition, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display import formats
from scoring.exports import plain, recaps, workbook
from scoring.exports.tables import ExportTable, as_pdf, as_workbook
from scoring.exports.workbook.nation import nation
from scoring.models import Seal, Seat
from scoring.sealing import document as sealing_document
from scoring.sealing.checks import Situation
from scoring.standings import rankings, visibility

OFFICIAL = settings.LANGUAGE_CODE


@transaction.atomic
def export_winners(selection: Selection, *, by: User | None, language: str = OFFICIAL) -> bytes:
    """The winners workbook: from the seal once there is one, else from the rows. ``by`` is None for a command."""
    seal = selection.seal if selection.is_sealed else None
    document = json.loads(seal.payload) if seal else sealing_document.substance(selection, Situation(selection))
    with translation.override(language):
        made = workbook.winners(selection, document, seal, exporter=_exporter(by), at=timezone.now())
    about = {"digest": seal.digest if seal else None, "bytes": len(made), "language": language}
    trail.record(by, "result.export", selection, **about)
    return made


@transaction.atomic
def export_list(selection: Selection, form: str, *, by: User | None, language: str = OFFICIAL) -> bytes:
    """The plain list of the sealed result, or from the rows, as ``xlsx``, ``csv`` or ``json``."""
    seal = selection.seal if selection.is_sealed else None
    with translation.override(language):
        found = plain.entries(rankings.sealed(seal) if seal else rankings.fresh(selection))
        made = _listed(selection, seal, found, form, by)
    about = {"digest": seal.digest if seal else None, "bytes": len(made), "form": form, "language": language}
    trail.record(by, "result.export", selection, **about)
    return made


def _listed(selection: Selection, seal: Seal | None, found: list[plain.Entry], form: str, by: User | None) -> bytes:
    if form == "csv":
        return plain.as_csv(found)
    if form == "json":
        facts = {
            "selection": selection.slug,
            "edition": selection.edition.slug,
            "digest": seal.digest if seal else None,
        }
        return plain.as_json(found, facts | {"is_example": selection.edition.is_example})
    labels = workbook.labels_of(selection, seal)
    return plain.as_workbook(found, str(selection), labels=labels, exporter=_exporter(by), at=timezone.now())


def export_nation(
    edition: Edition,
    *,
    by: User | None,
    language: str = OFFICIAL,
    tell: Callable[[int, int], None] = lambda done, of: None,
    made: Callable[[bytes], None] = lambda content: None,
) -> bytes:
    """All of Indonesia by zone: the edition's selections this person may export; all of them for a command.

    ``made`` is called in the transaction that records it. Nobody waits for it while it is written.
    """
    selections = list(Selection.objects.filter(edition=edition).with_context().order_by("level", "province__code"))
    if by is not None:
        granted = permissions.granted_in(by, selections)
        selections = [one for one in selections if not one.is_sealed or Permission.EXPORT in granted[one.pk]]
    with translation.override(language):
        content = nation(edition, selections, exporter=_exporter(by), at=timezone.now(), tell=tell)
    with transaction.atomic():
        about = {"bytes": len(content), "selections": len(selections), "language": language}
        trail.record(by, "result.export-nation", edition, **about)
        made(content)
    return content


@transaction.atomic
def export_recap(
    selection: Selection, form: str, *, by: User, seat: Seat | None = None, language: str = OFFICIAL
) -> bytes:
    """The marks of a panel, or of one juror, as ``xlsx`` or ``pdf``."""
    with translation.override(language):
        tables = (
            recaps.of_juror(seat) if seat else recaps.of_panel(selection, closed=visibility.keeps_out(by, selection))
        )
        title = _("Recap of own marks") if seat else _("Recap of marks")
        made = written(form, title, selection, tables, by=by)
    about = {"bytes": len(made), "form": form, "seat": seat.order if seat else None, "language": language}
    trail.record(by, "marks.export", selection, **about)
    return made


def written(form: str, title: str, selection: Selection, tables: list[ExportTable], *, by: User) -> bytes:
    """Tables as ``xlsx`` or ``pdf`` in the active language; examples are labelled."""
    labels, now = [_("Example data")] if selection.edition.is_example else [], timezone.now()
    if form == "xlsx":
        caption = f"{title} · {selection}"
        return as_workbook(caption, tables, labels=labels, exporter=_exporter(by), at=now)
    printed = _("Printed %(moment)s by %(person)s") % {
        "moment": formats.moment(now, selection.zone_label),
        "person": _exporter(by),
    }
    source = " · ".join([*labels, printed])
    return as_pdf(title, str(selection), tables, source=source, at=now)


def _exporter(by: User | None) -> str:
    return ", ".join(filter(None, [by.name, by.office])) if by else _("command line")
