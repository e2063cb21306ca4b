"""``manage.py verify_results [SELECTION | FILE.json]``: compute sealed results again and compare; exit code 0, or 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from paritrana.schema import DatabaseCommand
from scoring import verify_seal
from scoring.management.commands.rank import selection_called
from scoring.models import Seal
from scoring.sealing.renames import renamed
from scoring.sealing.verification import faults


class Command(DatabaseCommand):
    help = "Recompute sealed results by the kernel and by exact fractions; name the first difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="?", help="a selection, or a downloaded seal; without it every seal")

    def uses_rows(self, what: str | None = None, **options: Any) -> bool:
        return not (what and what.endswith(".json"))

    def handle(self, *args: Any, what: str | None = None, **options: Any) -> None:
        if what and what.endswith(".json"):
            if verify_seal.main([str(Path(what))]):
                raise CommandError(_("The document does not hold."))
            return
        related = ("selection__edition", "selection__province", "sealed_by", "seconded_by")
        seals = Seal.objects.select_related(*related).order_by("selection__slug", "number")
        if what:
            seals = seals.filter(selection=selection_called(what))
        if what and not seals:
            raise CommandError(_("“%(slug)s” has not been sealed.") % {"slug": what})
        broken = 0
        for seal in seals:
            first = next(faults(seal), None)
            self.stdout.write(f"{seal.selection.slug} {seal.number} {seal.digest} {first or 'ok'}")
            broken += first is not None
            if first is None and seal.reopened_at is None:
                for then, now in renamed(seal):
                    self.stdout.write("  " + _("%(then)s is now called %(now)s") % {"then": then, "now": now})
        if broken:
            raise CommandError(_("%(count)d of %(all)d results do not hold.") % {"count": broken, "all": len(seals)})
