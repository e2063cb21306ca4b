import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from paritrana.display import pdf
from paritrana.display.pdf import NotTypeset, typeset

AT = datetime.datetime(2024, 6, 1, 3, 0, 0, 999_999, tzinfo=datetime.UTC)
SAMPLE = """#import "house.typ": *
#show: document-of.with(data.title, source: data.source)
= #data.title
#facts(data.facts)
#figures(data.head, data.rows, numbers: (1,), total: data.total)
"""
TOLD = {
    "title": "Jejak nilai",
    "source": "Sumber",
    "facts": [["Seleksi", "Bali *2024* $x$ #panic()"]],
    "head": ["Kriteria", "Nilai"],
    "rows": [["PU", "49,90"]],
    "total": ["Total", "30,57"],
}


@pytest.fixture(autouse=True)
def sample(monkeypatch, tmp_path):
    """A template of the tests' own beside the house's."""
    (tmp_path / "house.typ").write_bytes((pdf.SOURCES / "house.typ").read_bytes())
    (tmp_path / "sample.typ").write_text(SAMPLE)
    monkeypatch.setattr(pdf, "SOURCES", tmp_path)
    return tmp_path / "sample.typ"


def test_a_document_is_tagged_named_and_in_its_language():
    reader = PdfReader(BytesIO(typeset("sample", TOLD, at=AT)))

    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "id"
    assert reader.metadata.title == "Jejak nilai"
    assert reader.metadata.creation_date == AT.replace(microsecond=0)


def test_what_somebody_typed_never_becomes_markup():
    text = PdfReader(BytesIO(typeset("sample", TOLD, at=AT))).pages[0].extract_text()

    assert "Bali *2024* $x$ #panic()" in text


def test_the_same_words_and_moment_give_the_same_bytes():
    assert typeset("sample", TOLD, at=AT) == typeset("sample", TOLD, at=AT)


def test_a_template_that_misses_something_is_refused():
    with pytest.raises(NotTypeset, match="total"):
        typeset("sample", {key: value for key, value in TOLD.items() if key != "total"}, at=AT)


def test_a_font_that_is_not_there_is_refused(sample):
    sample.write_text(SAMPLE + '#text(font: "Tidak Ada")[x]')

    with pytest.raises(NotTypeset, match="font"):
        typeset("sample", TOLD, at=AT)
