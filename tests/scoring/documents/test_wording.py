"""The words of documents: plain text with known words to fill in, never markup."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from awards.models import Role
from scoring.documents import wording, wording_actions
from scoring.edit_conflicts import EditConflict
from scoring.models import CertificateLogo, Document, DocumentText
from tests import builders
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db
KINDS = [str(kind) for kind in Document.Kind if kind in wording.PARTS]


@pytest.fixture
def edition():
    return builders.edition(2023)


@pytest.fixture
def designer(edition):
    return builders.appointed(Role.NATIONAL_COMMITTEE, edition)


def parts(kind: str, **more: str) -> dict[str, str]:
    return wording.defaults(kind) | more


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_words_hold_known_words_only(kind):
    for text in wording.defaults(kind).values():
        wording.check(kind, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Hari {hari}", "unknown-word"), ("{number.__class__}", "unknown-word"), ("{", "brace"), ("a } b", "brace")],
)
def test_a_word_that_is_not_known_is_refused_by_its_name(edition, designer, text, code):
    with pytest.raises(ValidationError) as refusal:
        wording_actions.write_text(edition, "minutes", parts("minutes", closing=text), version=0, by=designer)

    assert (refusal.value.code, DocumentText.objects.count()) == (code, 0)
    if code == "unknown-word":
        assert text[text.index("{") : text.index("}") + 1] in refusal.value.message


def test_what_is_filled_in_is_not_filled_in_again():
    assert wording.filled("{number} {venue}", {"number": "{venue}", "venue": "Denpasar"}) == "{venue} Denpasar"


def test_words_are_text_and_never_markup():
    made, by = documents.sealed()
    edition = made.selection.edition
    designer = builders.appointed(Role.NATIONAL_COMMITTEE, edition)
    closing = '#panic("x") *tebal* $1+1$ <label> `kode` \\ {venue}'
    wording_actions.write_text(edition, "minutes", parts("minutes", closing=closing), version=0, by=designer)

    told = documents.words(documents.minutes(made, by)["minutes", "a4"].content)

    assert closing.replace("{venue}", "Denpasar") in told


def test_a_paper_keeps_the_words_it_was_made_with():
    made, by = documents.sealed()
    found = documents.minutes(made, by)["minutes", "a4"]
    designer = builders.appointed(Role.NATIONAL_COMMITTEE, made.selection.edition)

    wording_actions.write_text(
        made.selection.edition, "minutes", parts("minutes", closing="Lain"), version=0, by=designer
    )

    assert bytes(Document.objects.get(pk=found.pk).content) == bytes(found.content)
    assert found.subject["text_version"] == 0


def test_somebody_who_was_overtaken_sees_both_and_overwrites_nothing(client, edition, designer):
    wording_actions.write_text(edition, "annex", parts("annex", closing="Pertama"), version=0, by=designer)
    client.force_login(designer)
    typed = parts("annex", closing="Kedua") | {"version": 0}

    with pytest.raises(ValidationError):
        wording_actions.write_text(edition, "minutes", parts("minutes"), version=7, by=designer)
    answer = client.post(reverse("document-text", args=[edition.slug, "annex"]), typed)

    assert answer.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in answer.context["conflict"]["rows"]] == [("Kedua", "Pertama")]
    assert wording.in_force(edition, "annex", "id")[1]["closing"] == "Pertama"
    with pytest.raises(EditConflict):
        wording_actions.write_text(edition, "annex", parts("annex"), version=0, by=designer)


def test_who_does_not_design_the_edition_writes_nothing(edition):
    with pytest.raises(PermissionDenied):
        wording_actions.write_text(edition, "annex", parts("annex"), version=0, by=builders.person())


@pytest.mark.parametrize("kind", KINDS)
def test_the_preview_shows_what_was_typed_and_keeps_nothing(client, edition, designer, kind):
    client.force_login(designer)
    last = wording.PARTS[kind][-1].name
    typed = parts(kind, **{last: "Kata yang sedang dicoba"}) | {"version": 0}

    answer = client.post(reverse("document-preview", args=[edition.slug, kind]), typed)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "kata yang sedang dicoba" in documents.words(answer.content).lower()
    assert DocumentText.objects.count() == 0


def test_a_preview_of_unknown_words_is_the_form_with_its_errors(client, edition, designer):
    client.force_login(designer)
    typed = parts("annex", closing="{apa}") | {"version": 0}

    answer = client.post(reverse("document-preview", args=[edition.slug, "annex"]), typed)

    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["closing"])


def picture(form: str = "PNG", size=(1200, 300)) -> SimpleUploadedFile:
    paper = io.BytesIO()
    Image.new("RGB", size, "navy").save(paper, form, comment=b"rahasia") if form == "JPEG" else Image.new(
        "RGB", size, "navy"
    ).save(paper, form)
    return SimpleUploadedFile("logo", paper.getvalue())


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_written_anew_and_printed(client, form):
    made, by = documents.sealed(("perda",))
    edition = made.selection.edition
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, edition))

    client.post(reverse("document-texts", args=[edition.slug]), {"version": 0, "picture": picture(form)})

    logo = CertificateLogo.objects.get(edition=edition)
    with Image.open(io.BytesIO(bytes(logo.picture))) as kept:
        assert (kept.format, kept.size) == ("PNG", (900, 225))
    (document,) = documents.certificates(made, by)
    assert len(documents.opened(document.content).pages[0].images) == 1


def test_a_file_that_is_no_picture_is_no_logo(client, edition, designer):
    client.force_login(designer)
    file = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")

    answer = client.post(reverse("document-texts", args=[edition.slug]), {"version": 0, "picture": file})

    assert [*answer.context["form"].errors] == ["picture"]
    assert CertificateLogo.objects.count() == 0


def test_a_logo_can_be_taken_away(client, edition, designer):
    client.force_login(designer)
    address = reverse("document-texts", args=[edition.slug])
    client.post(address, {"version": 0, "picture": picture()})
    shown = client.get(reverse("document-logo", args=[edition.slug])).status_code

    client.post(address, {"version": 1, "remove": "on"})

    assert (shown, client.get(reverse("document-logo", args=[edition.slug])).status_code) == (200, 404)


@pytest.mark.parametrize("province", ["Bali", None])
def test_whoever_decides_may_be_named_in_the_middle_of_an_english_sentence(province):
    with translation.override("en"):
        words = wording.common_words("Period 2023", "2023", province)
        parts = wording.defaults(Document.Kind.DECREE)
        considering = wording.filled(parts["considering"], words)

    assert f"a decree of the {words['authority']} on" in considering
    assert not words["authority"].startswith("The ")


def test_english_texts_saved_before_name_the_authority_with_an_article(edition, designer):
    old = {"heading": "Decree of {authority}", "closing": "{authority},", "subject": "of the {authority}"}
    letter = {"winner": "Salam dari {authority}", "winner_english": "From {authority}"}
    for kind, language, saved in [("decree", "en", old), ("notice", "id", letter)]:
        row = {"edition": edition, "kind": kind, "language": language, "version": 1, "written_by": designer}
        DocumentText.objects.create(parts=saved, **row)

    import_module("scoring.migrations.0019_article_of_the_authority").with_article(apps, None)

    found = dict(DocumentText.objects.values_list("kind", "parts"))
    assert found["decree"] == old | {"heading": "Decree of the {authority}"}
    assert found["notice"] == letter | {"winner_english": "From the {authority}"}
