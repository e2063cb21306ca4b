"""Papers read back: their words by pypdf, their QR codes by a reader of codes, their pages as pictures."""

import datetime
import io
import re
from dataclasses import asdict
from hashlib import sha256

import pypdf
import pypdfium2
import zxingcpp

from scoring.documents import actions
from scoring.documents.certificate_actions import CertificateOrder, make_certificates
from scoring.documents.codes import fresh_code
from scoring.documents.letterhead import Signatory
from scoring.documents.pages import Meeting
from scoring.models import Document, Letterhead
from tests import builders
from tests.scoring.plenary import plenary

MEETING = Meeting("560/12/BA/2024", datetime.date(2025, 3, 10), "Denpasar", frozenset())
SIGNATORIES = (
    Signatory("I Made Contoh", "Gubernur", "1970", "Pembina Utama (IV/e)"),
    Signatory("Ni Luh Contoh", "Kepala Kantor"),
)
MM = 72 / 25.4


def sealed(levels=("perda", "edaran", "tidak-ada")):
    """A sealed bench and whoever makes its papers."""
    made = plenary.plenary(levels)
    by = builders.committee(made.selection)
    plenary.sealed(made, by)
    return made, by


def headed(selection, by) -> Letterhead:
    """Its letterhead, made where it has none."""
    head = {"institution": "Pemerintah Provinsi Contoh\nSekretariat Daerah", "address": "Jalan Contoh 1", "set_by": by}
    head |= {"place": "Denpasar", "signatories": [asdict(one) for one in SIGNATORIES]}
    return Letterhead.objects.get_or_create(selection=selection, version=1, defaults=head)[0]


def minutes(made, by, meeting=MEETING, language="id") -> dict[tuple[str, str], Document]:
    """Those of one language; they are made in all."""
    headed(made.selection, by)
    found = actions.make_minutes(made.selection, meeting, by=by)
    return {(each.kind, each.paper): each for each in found if each.language == language}


def certificates(made, by, language="id", **more) -> list[Document]:
    """Those of one language; they are made in all."""
    headed(made.selection, by)
    order = CertificateOrder(**{"number": "{n}/PA/2024", "dated": "2025-03-12"} | more)
    return [each for each in make_certificates(made.selection, order, by=by) if each.language == language]


def kept(seal, number: int, by, name: str = "Kabupaten") -> list[Document]:
    """So many certificates more, without a page in them."""
    subject = {"name": name, "region": "Bali", "award": "Terbaik", "prize": "Juara 1", "number": "1"}
    rows = [
        Document(seal=seal, kind="certificate", recipient=f"{number}-{each}", code=fresh_code(), subject=subject)
        for each in range(number)
    ]
    for row in rows:
        row.made_by, row.content, row.sha256 = by, b"%PDF-", sha256(b"%PDF-").hexdigest()
    return Document.objects.bulk_create(rows)


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """Everything written in it, gaps and invisible places to break made one space."""
    text = "\n".join(page.extract_text() for page in opened(content).pages).replace("\N{ZERO WIDTH SPACE}", "")
    return re.sub(r"\s+", " ", text)


def sizes(content: bytes) -> set[tuple[int, int]]:
    """Millimetres, every size of page once, as it is after the cut."""
    return {(round(page.trimbox.width / MM), round(page.trimbox.height / MM)) for page in opened(content).pages}


def codes(content: bytes) -> list[str]:
    """What a telephone reads from the pages."""
    found = []
    for page in pypdfium2.PdfDocument(bytes(content)):
        picture = page.render(scale=3).to_pil()
        found += [each.text for each in zxingcpp.read_barcodes(picture)]
    return found


def words_beyond(content: bytes, millimetres: int = 13) -> bool:
    """Whether a letter stands nearer to the cut than the frame of a certificate."""
    for page in pypdfium2.PdfDocument(bytes(content)):
        left, bottom, right, top = page.get_trimbox()
        edge = millimetres * MM
        text = page.get_textpage()
        for index in range(text.count_chars()):
            low_x, low_y, high_x, high_y = text.get_charbox(index)
            inside = low_x >= left + edge and low_y >= bottom + edge and high_x <= right - edge and high_y <= top - edge
            if text.get_text_range(index, 1).strip() and not inside:
                return True
    return False
