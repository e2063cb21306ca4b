"""The preview picture of links to public pages: 1200 x 630, drawn with the page's font."""

import io
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from paritrana.display import formats
from scoring.public.announced import Announcement

SIZE = (1200, 630)
MARGIN = 80
GROUND, BAND, INK, SOFT, GOLD = "#07243d", "#0b3a5e", "#ffffff", "#b8d7f0", "#ffb81c"
LETTERS = "vendor/fontsource-variable-inter-5.3.0/inter-latin-wght-normal.woff2"
SHIELD = [(16, 1.5), (28.5, 6), (28.5, 15.2), (26, 23), (16, 30.5), (6, 23), (3.5, 15.2), (3.5, 6)]
TICK = [(10.3, 16.1), (14.2, 20), (22, 11.8)]


@lru_cache(maxsize=64)
def drawn(title: str, text: str, note: str = "") -> bytes:
    """PNG with a large title, a line below and a small note; the same texts give the same bytes."""
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(760, 0), SIZE[:1] + (0,), SIZE, (1040, SIZE[1])], fill=BAND)
    _shield(pen, (MARGIN, 72), 3.0)
    pen.text((MARGIN + 112, 88), "Paritrana Award", INK, _letters(44, 650))
    pen.rectangle((MARGIN, 218, MARGIN + 96, 225), fill=GOLD)
    below = _paragraph(pen, title, 250, _letters(68, 700), INK, lines=3)
    _paragraph(pen, text, below + 16, _letters(34, 400), SOFT, lines=2)
    pen.text((MARGIN, SIZE[1] - 76), note, GOLD, _letters(28, 600))
    paper = io.BytesIO()
    picture.quantize(64).save(paper, "PNG", optimize=True)
    return paper.getvalue()


def of_result(announcement: Announcement) -> bytes:
    """The picture of one announced result, in the active language."""
    selection = announcement.selection
    text = _("Announced %(moment)s") % {"moment": formats.moment(announcement.at, selection.zone_label)}
    note = _("Example data") if selection.edition.is_example else text
    return drawn(_("Winners: %(place)s") % {"place": selection.place_name}, selection.edition.label, note)


@lru_cache(maxsize=8)
def _letters(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(settings.BASE_DIR / "static" / LETTERS, size)
    font.set_variation_by_axes([weight])
    return font


def _paragraph(
    pen: ImageDraw.ImageDraw, text: str, top: int, font: ImageFont.FreeTypeFont, ink: str, lines: int
) -> int:
    """Draw the text in as many lines as fit, ending in dots if cut; returns where the next text may begin."""
    room, written = SIZE[0] - 2 * MARGIN, [""]
    for word in text.replace(" · ", "\N{NO-BREAK SPACE}· ").split(" "):  # no line begins with a dot
        longer = f"{written[-1]} {word}".strip()
        if font.getlength(longer) <= room or not written[-1]:
            written[-1] = longer
        else:
            written.append(word)
    if len(written) > lines:
        written[lines - 1] += " …"
    for line in written[:lines]:
        pen.text((MARGIN, top), line, ink, font)
        top += round(font.size * 1.22)
    return top


def _shield(pen: ImageDraw.ImageDraw, at: tuple[int, int], scale: float) -> None:
    def placed(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(at[0] + x * scale - 8, at[1] + y * scale - 8) for x, y in points]

    pen.polygon(placed(SHIELD), fill="#1f7cbf")
    pen.line(placed(TICK), fill=INK, width=9, joint="curve")
