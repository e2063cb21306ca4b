"""Public files: feeds, preview pictures, and files for search engines."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from paritrana.display.links import absolute
from paritrana.downloads import TYPES, attached, zip_answer
from paritrana.uploads import stored_files
from scoring.public import feeds, open_data, pictures
from scoring.public.addresses import LANGUAGES, address, language_of
from scoring.public.announced import announcements
from scoring.public.filters import PublicFilter
from scoring.public.press_kit import press_kit
from scoring.public.recipients import recipient, recipients
from scoring.public.responses import open_to_all
from scoring.public.stories import stories_of
from scoring.showcase.photos import stored_photo

PAGES = ("home", "public-results", "public-map", "public-data", "past-winners", "public-calendar", "public-about")


def _licensed() -> str:
    """For programs that never see the page: the licence, and where the columns are described."""
    described = absolute(address("public-data"))
    return f'<{open_data.LICENCE["url"]}>; rel="license", <{described}>; rel="describedby"'


@open_to_all
def winners_json(request: HttpRequest) -> HttpResponse:
    """The winners of the page with the same filters, as JSON."""
    chosen = PublicFilter(request.GET, announcements())
    text = feeds.as_json(chosen.narrowed(), chosen.zones, language_of(request.path))
    headers = {"Link": _licensed()}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


@open_to_all
def winners_schema(request: HttpRequest) -> HttpResponse:
    """What the JSON of winners holds, as JSON Schema."""
    return JsonResponse(open_data.schema(absolute(address("winners-schema"))), json_dumps_params={"indent": 1})


@open_to_all
def public_press_kit(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts, tables and pictures of one announced result, in both languages."""
    for each in announcements(selection__slug=slug):
        return zip_answer(press_kit(each), f"pers-{slug}.zip")
    raise Http404


@open_to_all
def winners_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV with one line per award."""
    chosen = PublicFilter(request.GET, announcements())
    answer = attached(feeds.as_csv(chosen.narrowed(), chosen.zones), "pemenang-paritrana.csv", TYPES["csv"])
    answer["Link"] = _licensed()
    return answer


@open_to_all
def winner_photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The photo of an announced winner; a file that is missing or was altered is not there."""
    for story in stories_of(announcements(selection__slug=slug)).values():
        if story.nomination_id == pk and story.photo_key:
            try:
                with stored_files.opened(stored_photo(story)) as content:
                    return HttpResponse(content.read(), content_type="image/jpeg")
            except stored_files.Damaged as damage:
                raise Http404 from damage
    raise Http404


@open_to_all
def winners_atom(request: HttpRequest) -> HttpResponse:
    """One entry for each announced selection, for feed readers; with the filters of the page for a part of them."""
    announced = announcements()
    chosen = PublicFilter(request.GET, announced)
    text = feeds.as_atom(announced, chosen.narrowed(), chosen.in_words(), language_of(request.path))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@open_to_all
def public_picture(request: HttpRequest) -> HttpResponse:
    return _png(_("Winners of the Paritrana Award"), _("Protecting workers with BPJS Ketenagakerjaan"))


@open_to_all
def public_result_picture(request: HttpRequest, slug: str) -> HttpResponse:
    for each in announcements(selection__slug=slug):
        return HttpResponse(pictures.of_result(each), content_type="image/png")
    raise Http404


@open_to_all
def public_recipient_picture(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    found = recipient(code, slug)
    if found is None:
        raise Http404
    newest = found.awards[0] if found.awards else None
    note = _("Example data") if newest and newest.selection.edition.is_example else ""
    won = (
        f"{newest.prize} · {newest.ranking.name}, {newest.selection}" if newest else _("Record in the Paritrana Award")
    )
    return _png(found.name, won, note)


def _png(title: str, text: str, note: str = "") -> HttpResponse:
    return HttpResponse(pictures.drawn(title, text, note), content_type="image/png")


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages; nothing about results not announced."""
    announced = announcements()
    wanted: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in PAGES]
    wanted += [("public-result", (each.selection.slug,)) for each in announced]
    wanted += [("public-recipient", key) for key in recipients(announced)]
    pages = [
        [(language, absolute(address(name, *arguments, language=language))) for language in LANGUAGES]
        for name, arguments in wanted
    ]
    return render(request, "scoring/public/sitemap.xml", {"pages": pages}, content_type="application/xml")


@open_to_all
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read public pages; all others need a sign-in anyway."""
    lines = [
        "User-agent: *",
        "Disallow: /akun/",
        "Disallow: /undangan/",
        "Disallow: /akses/",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
