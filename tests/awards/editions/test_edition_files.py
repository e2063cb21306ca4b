"""The file of an edition: one in use stays, what JSON leaves open is refused, and nothing is longer than its field."""

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils.translation import override

from awards.editions.document_files import read_document_file
from awards.editions.documents import edition_document, load_edition
from awards.editions.forms import ImportForm
from awards.models import Edition
from tests import builders as b


@pytest.fixture
def document(db):
    b.province("51", "Bali")
    return {
        "slug": "2030",
        "label": "Periode 2030",
        "period_start": "2030-01-01",
        "period_end": "2030-12-31",
        "implementation_year": 2031,
        "zones": [{"name": "Jawa-Bali", "provinces": {"51": "https://contoh.id/zona"}}],
        "categories": [
            {
                "slug": "desa",
                "name": "Desa",
                "candidate_kind": "village",
                "sectors": [{"slug": "pantai", "name": "Pantai"}],
                "rubric": [
                    {
                        "slug": "nilai",
                        "name": "Nilai",
                        "criteria": [{"slug": "wawancara", "name": "Wawancara", "kind": "mark", "weight": "100.00"}],
                    }
                ],
                "titles": [
                    {"slug": "t", "name": "Terbaik", "grouping": "all", "places": 3, "weights": {"wawancara": "100.00"}}
                ],
            }
        ],
    }


@pytest.fixture
def loaded(tmp_path):
    """What the command says of a file with this content."""

    def load(content):
        path = tmp_path / "penyelenggaraan.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out, err = io.StringIO(), io.StringIO()
        with override("en"):
            call_command("load_edition", path, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return load


@pytest.mark.parametrize(
    "change",
    [
        {"label": "Periode 2031"},
        {"implementation_year": 2032},
        {"zones": []},
        {"period_start": "2029-01-01"},
        {"is_example": True},
    ],
)
def test_an_edition_in_use_is_not_written_over_by_a_file_with_its_slug(document, change):
    edition = load_edition(document)
    b.selection(of=edition)
    before = edition_document(edition)

    with pytest.raises(ValidationError) as refused:
        load_edition(document | change)

    assert refused.value.code == "edition-in-use"
    assert next(iter(change)) in str(refused.value.messages)
    assert edition_document(Edition.objects.get()) == before


def test_a_file_about_another_edition_is_refused_whole(document):
    edition = load_edition(document)
    b.selection(of=edition)
    before = edition_document(edition)
    other = json.loads(json.dumps(document)) | {"label": "Periode 2040"}
    other["categories"][0] |= {"slug": "kampung", "name": "Kampung"}

    with pytest.raises(ValidationError) as refused:
        load_edition(other)

    assert (refused.value.code, edition_document(Edition.objects.get())) == ("edition-in-use", before)


def test_another_period_under_the_same_slug_is_refused_even_when_nobody_uses_it(document):
    load_edition(document)

    with pytest.raises(ValidationError) as refused:
        load_edition(document | {"period_start": "2031-01-01", "period_end": "2031-12-31"})

    assert refused.value.code == "edition-in-use"


def test_the_same_document_again_is_welcome_in_use_too(document):
    b.selection(of=load_edition(document))

    assert load_edition(document).slug == "2030"


def test_before_anybody_uses_it_a_changed_document_updates_it(document):
    load_edition(document)

    assert load_edition(document | {"label": "Periode 2030 baru"}).label == "Periode 2030 baru"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text.replace('"label": "Periode 2030"', '"label": "Periode 2030", "label": "Lain"'),
        lambda text: text.replace('"name": "Wawancara"', '"name": "Wawancara", "name": "Wawancara"'),
        lambda text: text.replace('"wawancara": "100.00"', '"wawancara": "60.00", "wawancara": "100.00"'),
    ],
)
def test_a_key_given_twice_is_a_fault_that_names_it(document, loaded, spoilt):
    with pytest.raises(CommandError, match="given twice"):
        loaded(spoilt(json.dumps(document)))

    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"slug": ', "line 1"),
        ("{}".encode("utf-16"), "UTF-16"),
        (b'{"label": "\xff"}', "byte 12"),
        (b'{"places": NaN}', "NaN"),
        (b"[" * 100_000, "not JSON"),
        (b"", "line 1"),
    ],
)
def test_what_is_no_json_is_told_with_the_cause(db, loaded, content, told):
    with pytest.raises(CommandError, match=told):
        loaded(content)


def test_a_byte_order_mark_is_left_out_and_told(document, loaded):
    out, err = loaded(b"\xef\xbb\xbf" + json.dumps(document).encode())

    assert "2030" in out
    assert "byte order mark" in err


def test_the_page_reads_files_by_the_same_rules(db):
    with override("en"):
        form = ImportForm({}, {"file": SimpleUploadedFile("a.json", b'{"slug": "a", "slug": "b"}')})
        form.is_valid()

    assert "given twice" in form.errors["file"][0]


def put(document, value, *path):
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value


LENGTHS = {
    "label of the edition": (101, ("label",)),
    "name of a zone": (61, ("zones", 0, "name")),
    "name of a category": (101, ("categories", 0, "name")),
    "name of a sector": (121, ("categories", 0, "sectors", 0, "name")),
    "name of an aspect": (101, ("categories", 0, "rubric", 0, "name")),
    "name of a criterion": (121, ("categories", 0, "rubric", 0, "criteria", 0, "name")),
    "evidence": (201, ("categories", 0, "rubric", 0, "criteria", 0, "evidence")),
    "legal basis": (201, ("categories", 0, "rubric", 0, "criteria", 0, "legal_basis")),
    "name of a title": (101, ("categories", 0, "titles", 0, "name")),
    "slug of the edition": (21, ("slug",)),
    "slug of a category": (51, ("categories", 0, "slug")),
    "slug of an aspect": (41, ("categories", 0, "rubric", 0, "slug")),
}


@pytest.mark.parametrize("case", LENGTHS)
def test_text_longer_than_its_field_is_refused_with_its_place_on_every_database(document, case):
    length, path = LENGTHS[case]
    put(document, "a" * length, *path)

    with override("en"), pytest.raises(ValidationError) as refused:
        load_edition(document)

    assert any(f"has {length} characters" in message and str(path[-1]) in message for message in refused.value.messages)
    put(document, "a" * (length - 1), *path)
    assert load_edition(document)


@pytest.mark.parametrize("text", ["Desa\x00", "Desa\ud800"])
def test_characters_no_database_stores_are_refused(document, text):
    document["categories"][0]["name"] = text

    with pytest.raises(ValidationError):
        load_edition(document)


def test_a_document_file_is_read_as_it_stands(document):
    assert read_document_file(json.dumps(document, ensure_ascii=False).encode()) == document


@pytest.mark.parametrize(
    ("content", "code"),
    [("{", 2), (b"\xff\xfe{\0", 2), ('{"slug": "a", "slug": "b"}', 2), ("[]", 1), ('{"slug": "a"}', 1)],
)
def test_the_command_tells_a_file_it_cannot_read_from_one_with_faults(db, loaded, content, code):
    with pytest.raises(CommandError) as refusal:
        loaded(content)

    assert refusal.value.returncode == code


def test_a_day_that_is_none_is_told_how_to_write_it(document):
    with pytest.raises(ValidationError) as refused:
        load_edition(document | {"period_start": "31/12/2029"})

    assert any("2024-12-31" in message for message in refused.value.messages)
