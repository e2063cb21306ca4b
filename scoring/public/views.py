"""What everybody may read: announced winners, records, dates, the award itself. Before its moment: as if absent."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import urlencode

from awards.editions.english import label_for_readers, spoken, texts_for_readers
from awards.models import Edition, PastAward, Selection
from awards.past_winners.forms import WinnersFilter
from awards.past_winners.writing import tell
from awards.stages import Stage
from scoring.models import Seal
from scoring.public import open_data, winner_map
from scoring.public.addresses import address
from scoring.public.announced import Announcement, announcements, foreseen
from scoring.public.filters import PublicFilter
from scoring.public.recipients import past_key, recipient
from scoring.public.responses import open_to_all, page
from scoring.public.stories import stories_of

ROWS_A_PAGE = 40
LATEST = 3


@open_to_all
def front(request: HttpRequest) -> HttpResponse:
    """The newest results first; the way to everything else."""
    announced = announcements()
    context = {"announced": announced, "latest": announced[:LATEST], "has_past": PastAward.objects.exists()}
    return page(request, "scoring/public/front.html", context)


@open_to_all
def public_results(request: HttpRequest) -> HttpResponse:
    """Every announced winner, by edition, province, category and zone."""
    announced = announcements()
    narrowing = PublicFilter(request.GET, announced)
    context = {"announced": announced, **_narrowed(request, narrowing, narrowing.narrowed())}
    return page(request, "scoring/public/winners.html", context)


def _narrowed(request: HttpRequest, narrowing: Any, rows: Any) -> dict[str, Any]:
    """A filter, the page of its rows that was asked for, and the filter once more for the links to other pages."""
    chosen = {name: request.GET[name] for name in narrowing.fields if request.GET.get(name)}
    rows_here = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {"filter": narrowing, "page": rows_here, "query": urlencode(chosen)}


@open_to_all
def public_result(request: HttpRequest, slug: str) -> HttpResponse:
    """Places, names and regions of one selection; totals only where it publishes them, scores never."""
    for announcement in announcements(selection__slug=slug):
        picture = address("public-result-picture", slug)
        return page(request, "scoring/public/result.html", result_of(announcement), picture)
    raise Http404


def result_of(announcement: Announcement) -> dict[str, Any]:
    """What the page of one result shows."""
    return {
        "announcement": announcement,
        "selection": announcement.selection,
        "seal": announcement.seal,
        "rankings": announcement.rankings,
        "stories": stories_of([announcement]),
    }


def preview(request: HttpRequest, seal: Seal, at: datetime) -> HttpResponse:
    """The page of a result before its moment, exactly as it will be, for those who announce it.

    Its language is that of a public address, not of the reader.
    """
    with translation.override("en" if request.GET.get("lang") == "en" else "id"):
        picture = address("public-result-picture", seal.selection.slug)
        context = result_of(foreseen(seal, at)) | {"is_preview": True}
        return page(request, "scoring/public/result.html", context, picture, here="public-result")


@open_to_all
def public_map(request: HttpRequest) -> HttpResponse:
    """The provinces of the winners; the table below says the same."""
    tiles = winner_map.winner_tiles(announcements())
    listed = sorted((each for each in tiles if each.number), key=lambda each: (-each.number, each.region.code))
    context = {"tiles": tiles, "listed": listed, "halves": (winner_map.WEST, winner_map.EAST)}
    return page(request, "scoring/public/map.html", context)


@open_to_all
def public_data(request: HttpRequest) -> HttpResponse:
    """Licence, files and the meaning of every column."""
    context = {"licence": open_data.LICENCE, "attribution": open_data.ATTRIBUTION}
    return page(request, "scoring/public/data.html", context | {"columns": open_data.MEANINGS.items()})


@open_to_all
def public_recipient(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The record of somebody who won: announced here, or published of past periods."""
    found = recipient(code, slug)
    if found is None:
        raise Http404
    tell(found.past)
    stories = stories_of({winner.selection.pk: winner.announcement for winner in found.awards}.values())
    picture = address("public-recipient-picture", code, slug)
    return page(request, "scoring/public/recipient.html", {"recipient": found, "stories": stories}, picture)


@open_to_all
def past_winners(request: HttpRequest) -> HttpResponse:
    """What was published, with its sources; nominees who won nothing are no winners."""
    winners = PastAward.objects.current().exclude(prize=PastAward.Prize.NOMINEE)
    narrowing = WinnersFilter(request.GET, winners)
    rows = narrowing.narrow(winners).select_related("province", "region")
    context = _narrowed(request, narrowing, rows) | {"is_empty": not winners.exists()}
    tell(context["page"])
    for award in context["page"]:
        award.key = past_key(award)
    return page(request, "scoring/public/past.html", context)


@open_to_all
def public_calendar(request: HttpRequest) -> HttpResponse:
    """The dates of an edition's selections on their own clocks. A plan that has not begun is not public yet."""
    begun = Selection.objects.exclude(stage=Stage.PREPARATION)
    editions = list(Edition.objects.filter(pk__in=begun.values("edition")))
    asked = request.GET.get("edition")
    edition = next((each for each in editions if each.slug == asked), editions[0] if editions else None)
    rows = begun.filter(edition=edition).with_context().prefetch_related("dates").order_by("level", "province__code")
    label_for_readers([*editions, *(row.edition for row in rows)], texts_for_readers(one.pk for one in editions))
    return page(request, "scoring/public/calendar.html", {"editions": editions, "edition": edition, "selections": rows})


@open_to_all
def public_about(request: HttpRequest) -> HttpResponse:
    """The award explained; categories and zones are those of the newest edition that has begun."""
    begun = Selection.objects.exclude(stage=Stage.PREPARATION)
    edition = Edition.objects.filter(pk__in=begun.values("edition")).first()
    categories = list(edition.categories.filter(selection=None)) if edition else []
    zones = list(edition.zones.prefetch_related("provinces")) if edition else []
    if edition:
        texts = texts_for_readers([edition.pk])
        label_for_readers([edition], texts)
        for category in categories:
            category.name = spoken(texts, edition.pk, category.name)
        for zone in zones:
            zone.name = spoken(texts, edition.pk, zone.name)
    context = {"edition": edition, "categories": categories, "zones": zones}
    return page(request, "scoring/public/about.html", context)
