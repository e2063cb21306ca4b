"""``open_selection EDITION [PROVINCE]``: open a province's or the national selection of an edition."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from awards.models import Category, Edition
from awards.selections import actions
from paritrana.schema import DatabaseCommand
from regions.models import Region


class Command(DatabaseCommand):
    help = "Open a selection: of a province by its code, of the nation without one. Appointments follow in the browser."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="short name of the edition, such as 2024")
        parser.add_argument("province", nargs="?", help="code of the province, such as 51")
        parser.add_argument("--category", action="append", dest="categories", help="may be given again; default: all")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            edition = Edition.objects.filter(slug=options["edition"]).first()
            if edition is None:
                names = ", ".join(Edition.objects.values_list("slug", flat=True)) or "–"
                values = {"slug": options["edition"], "names": names}
                raise CommandError(_("There is no edition “%(slug)s”. Editions: %(names)s") % values)
            try:
                opened = actions.open_selection(
                    edition,
                    self.province(options["province"]),
                    self.categories(edition, options["categories"]),
                    by=None,
                )
            except ValidationError as refusal:
                raise CommandError(refusal.messages[0]) from refusal
            self.stdout.write(opened.slug)

    def province(self, code: str | None) -> Region | None:
        if code is None:
            return None
        province = Region.objects.provinces().filter(code=code).first()
        if province is None:
            raise CommandError(_("“%(code)s” is not the code of a province.") % {"code": code})
        return province

    def categories(self, edition: Edition, slugs: list[str] | None) -> list[Category]:
        known = {category.slug: category for category in edition.categories.filter(selection=None)}
        unknown = sorted(set(slugs or []) - known.keys())
        if unknown:
            values = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
            raise CommandError(_("Unknown: %(unknown)s. Categories: %(known)s") % values)
        return [known[slug] for slug in slugs] if slugs else list(known.values())
