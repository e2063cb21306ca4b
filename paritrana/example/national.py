"""Period 2024, national: provinces ranked per zone on their published figures; nothing is invented."""

from django.conf import settings
from django.core.management import call_command

from awards.models import Edition, Role, Selection
from awards.models.selections import Level
from awards.nominations import actions as nomination_actions
from awards.nominations import transitions
from awards.people import appointments
from awards.selections import actions
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.example import calendar
from regions.models import Coverage, Region
from regions.verification import transitions as coverage

COVERAGE = "fixtures/regions/coverage_provinces.csv"


def play(cast: dict[str, User]) -> None:
    figures(cast)
    edition = Edition.objects.get(slug="2024")
    for account in ("panitia.pusat", "verifikator.pusat"):
        for each in Edition.objects.all():
            appointments.appoint(cast[account], Role.NATIONAL_COMMITTEE, each, by=cast["admin"])
    for each in Edition.objects.all():
        appointments.appoint(cast["pengawas"], Role.AUDITOR, each, by=cast["admin"])
    selection = Selection.objects.create(edition=edition, slug="2024-nasional", level=Level.NATIONAL)
    category = edition.categories.get(slug="pemerintah-provinsi")
    selection.categories.add(category)
    committee, verifier = cast["panitia.pusat"], cast["verifikator.pusat"]
    actions.open_next_stage(selection, by=committee)
    for province in Region.objects.provinces():
        nomination = nomination_actions.nominate(
            selection, category, nomination_actions.government(province), by=committee
        )
        transitions.submit(nomination, by=committee)
        transitions.verify(nomination, by=verifier)
    while selection.stage != Stage.PLENARY:
        actions.open_next_stage(selection, by=committee)
    calendar.plan(selection, Stage.PLENARY)


def figures(cast: dict[str, User]) -> None:
    """The published figures: imported and sent by the committee, verified by the head office."""
    committee, office = cast["panitia.pusat"], cast["kantor.pusat"]
    call_command("import_coverage", str(settings.BASE_DIR / COVERAGE), by=committee.email, verbosity=0)
    versions: dict[tuple[Region, int], dict[str, int]] = {}
    for figure in Coverage.objects.with_context():
        versions.setdefault((figure.region, figure.year), {})[figure.segment.code] = figure.version
    for (region, year), seen in versions.items():
        coverage.send(region, year, seen, notes={}, by=committee)
        coverage.verify(region, year, seen, by=office)
