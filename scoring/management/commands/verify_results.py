"""``manage.py verify_results [SELECTION | FILE.json]``: compute sealed results again and compare; exit code 0, or 1."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from paritrana.parallel import add_processes, in_processes
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
        add_processes(parser)

    def uses_rows(self, what: str | None = None, **options: Any) -> bool:
        return not (what and what.endswith(".json"))

    def handle(self, *args: Any, what: str | None = None, processes: int = 1, **options: Any) -> None:
        if what and what.endswith(".json"):
            if verify_seal.main([str(Path(what))]):
                raise CommandError(_("The document does not hold."))
            return
        seals = Seal.objects.order_by("selection__slug", "number")
        if what:
            seals = seals.filter(selection=selection_called(what))
        keys = list(seals.values_list("pk", flat=True))
        if what and not keys:
            raise CommandError(_("“%(slug)s” has not been sealed.") % {"slug": what})
        broken = 0
        for holds, lines in in_processes(verified, keys, processes):
            self.stdout.write("\n".join(lines))
            broken += not holds
        if broken:
            raise CommandError(_("%(count)d of %(all)d results do not hold.") % {"count": broken, "all": len(keys)})


def verified(key: int) -> tuple[bool, list[str]]:
    """Whether a seal is valid, and what the command prints of it; one sealed document is in memory at a time."""
    related = ("selection__edition", "selection__province", "sealed_by", "seconded_by")
    seal = Seal.objects.select_related(*related).get(pk=key)
    first = next(faults(seal), None)
    lines = [f"{seal.selection.slug} {seal.number} {seal.digest} {first or 'ok'}"]
    if first is None and seal.reopened_at is None:
        names = (_("%(then)s is now called %(now)s") % {"then": then, "now": now} for then, now in renamed(seal))
        lines += [f"  {line}" for line in names]
    return first is None, lines
