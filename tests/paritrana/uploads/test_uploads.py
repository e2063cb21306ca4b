"""Attached documents: told by content, refused with a reason, cleaned, drawn; stored whole or not at all."""

import io

import pypdf
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from paritrana import uploads
from paritrana.uploads.storage import PrivateStorage
from tests.paritrana.uploads import papers


def lying(tmp_path, content, name="berkas"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", papers.HONEST)
def test_an_honest_document_is_told_by_its_content_whatever_its_name(tmp_path, name):
    content, expected = papers.HONEST[name]

    found = uploads.inspect(lying(tmp_path, content, "nama.exe"))

    assert (found.kind, found.pages) == expected


@pytest.mark.parametrize("name", papers.HOSTILE)
def test_what_is_not_taken_is_refused_with_its_own_reason(tmp_path, name):
    content, code = papers.HOSTILE[name]

    with pytest.raises(uploads.Unacceptable) as refusal:
        uploads.inspect(lying(tmp_path, content))

    assert refusal.value.code == code
    assert "%(" not in refusal.value.messages[0]


def test_a_picture_loses_its_place_and_camera_and_stands_upright(tmp_path):
    content = papers.located()
    assert b"KAMERA-RAHASIA" in content and b"KOMENTAR-RAHASIA" in content
    assert dict(Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825))

    kept = uploads.inspect(lying(tmp_path, content)).path.read_bytes()

    clean = Image.open(io.BytesIO(kept))
    assert (clean.size, dict(clean.getexif()), clean.info.get("comment")) == ((20, 40), {}, None)
    assert b"RAHASIA" not in kept


def test_links_to_web_addresses_are_taken_out_and_a_document_without_stays_as_it_was(tmp_path):
    assert b"jahat" in papers.LINKED

    kept = uploads.inspect(lying(tmp_path, papers.LINKED)).path.read_bytes()
    plain = lying(tmp_path, papers.pdf(3), "tanpa")

    assert b"jahat" not in kept and b"/URI" not in kept
    assert len(pypdf.PdfReader(io.BytesIO(kept)).pages) == 2
    assert uploads.inspect(plain).path == plain


def test_a_png_keeps_its_transparency_and_loses_its_texts(tmp_path):
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "RAHASIA")
    content = papers.picture("PNG", mode="RGBA", pnginfo=told)

    kept = uploads.inspect(lying(tmp_path, content)).path.read_bytes()

    assert b"RAHASIA" in content
    assert b"RAHASIA" not in kept
    assert Image.open(io.BytesIO(kept)).getpixel((0, 0)) == (200, 10, 10, 90)


def test_a_page_is_drawn_as_a_picture_and_a_page_that_is_not_there_is_refused(tmp_path):
    source, out = lying(tmp_path, papers.pdf(2)), tmp_path / "halaman.png"

    uploads.draw(source, 2, out)

    assert Image.open(out).size[0] == 1200
    with pytest.raises(uploads.Unacceptable):
        uploads.draw(source, 3, tmp_path / "lain.png")


def test_a_stored_document_is_private_appears_whole_and_has_no_address(tmp_path):
    storage = PrivateStorage(location=tmp_path / "bukti")

    storage.save("ab/abcd", ContentFile(b"isi"))

    found = [path for path in (tmp_path / "bukti").rglob("*") if path.is_file()]
    assert [path.name for path in found] == ["abcd"]
    assert (found[0].read_bytes(), found[0].stat().st_mode & 0o777) == (b"isi", 0o600)
    with pytest.raises(ValueError, match="no address"):
        storage.url("ab/abcd")
