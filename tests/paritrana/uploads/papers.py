"""Documents made in the test: honest ones of every kind, and those nobody honest attaches."""

import io
import warnings
import zipfile

import pypdf
from PIL import Image
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from tests.paritrana.uploads.hostile import with_member, workbook

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = f'<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>'
RELATIONS = '<Relationships xmlns="x"><Relationship Id="a" Type="http://x/{}" Target="http://x" {}/></Relationships>'


def pdf(pages=1, change=None, password=None):
    """A PDF of empty A4 pages; ``change`` may spoil the pypdf writer before it is written."""
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    if change:
        change(writer)
    if password:
        writer.encrypt(password)
    writer.write(file)
    return file.getvalue()


def picture(kind="JPEG", size=(40, 20), mode="RGB", colour=None, **options):
    file = io.BytesIO()
    Image.new(mode, size, colour or (200 if len(mode) == 1 else (200, 10, 10, 90)[: len(mode)])).save(
        file, kind, **options
    )
    return file.getvalue()


def located():
    """A JPEG with the place it was taken at, its camera, and turned on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0110] = "KAMERA-RAHASIA"
    exif.get_ifd(0x8825).update({1: "S", 2: (8.0, 39.0, 21.0), 3: "E", 4: (115.0, 13.0, 8.0)})
    return picture(exif=exif.tobytes(), comment=b"KOMENTAR-RAHASIA")


def docx(**members):
    """A small Word file; ``members`` (name with / written as __) are added to the archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", members.pop("types", TYPES))
        archive.writestr("word/document.xml", "<w:document xmlns:w='x'><w:p>Isi</w:p></w:document>")
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def locked_zip():
    """A Word file whose archive says that its parts are encrypted."""
    made = bytearray(docx())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := made.find(sign, at + 1)) >= 0:
            made[at + offset] |= 1
    return bytes(made)


def acting(action):
    def spoil(writer):
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject(action)})

    return spoil


def acting_by_a_name_apart(action):
    """The name of the action is an object of its own."""

    def spoil(writer):
        name = writer._add_object(NameObject(action))
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): name})

    return spoil


def unlisted():
    """An object that no table names, its name in other signs: found by programs that repair the table."""
    return pdf().replace(b"startxref", b"99 0 obj\n<< /S %x\n/L#61unch /F (a.exe) >>\nendobj\nstartxref")


def with_script(writer):
    """A script by name, carried out when the file is opened."""
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    named = ArrayObject([TextStringObject("a"), writer._add_object(script)])
    tree = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): named})})
    writer.root_object[NameObject("/Names")] = tree


def hidden_in_a_note(writer):
    """A script at an annotation of the page, inside an array inside a dictionary."""
    script = DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)")})
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/A"): script})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def with_links(writer, *, signed=False):
    """Links at a note of the page, in an array of the outline, one after another, and their common beginning."""
    link = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("http://jahat")}
    )
    after = DictionaryObject({NameObject("/S"): NameObject("/Named"), NameObject("/Next"): ArrayObject([link])})
    note = {NameObject("/Type"): NameObject("/Annot"), NameObject("/A"): writer._add_object(link)}
    note[NameObject("/AA")] = DictionaryObject({NameObject("/E"): after})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject(note))])
    base = DictionaryObject({NameObject("/Base"): TextStringObject("http://jahat")})
    writer.root_object[NameObject("/URI")] = base
    if signed:
        sign = DictionaryObject({NameObject("/ByteRange"): ArrayObject(), NameObject("/Type"): NameObject("/Sig")})
        writer.root_object[NameObject("/Perms")] = writer._add_object(sign)


def from_elsewhere(writer):
    """A stream whose content is another file."""
    stream = DecodedStreamObject()
    stream[NameObject("/F")] = TextStringObject("http://jahat")
    writer.root_object[NameObject("/Extra")] = writer._add_object(stream)


def of_an_address(writer):
    place = DictionaryObject({NameObject("/FS"): NameObject("/URL"), NameObject("/F"): TextStringObject("http://x")})
    writer.root_object[NameObject("/Extra")] = writer._add_object(place)


def twice():
    """A Word file in which one name stands twice: programs differ in which of them they read."""
    file = io.BytesIO(docx())
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<w:document xmlns:w='x'><w:p>Lain</w:p></w:document>")
    return file.getvalue()


LINKED = pdf(2, change=with_links)
HONEST = {
    "bertautan.pdf": (LINKED, ("pdf", 2)),
    "surat.pdf": (pdf(3), ("pdf", 3)),
    "foto.jpg": (picture(), ("jpeg", None)),
    "bagan.png": (picture("PNG", mode="RGBA"), ("png", None)),
    "kelabu.png": (picture("PNG", mode="L"), ("png", None)),
    "naskah.docx": (docx(), ("docx", None)),
    "tautan.docx": (
        docx(word___rels__document_xml_rels=RELATIONS.format("hyperlink", 'TargetMode="External"')),
        ("docx", None),
    ),
    "daftar.xlsx": (workbook(["a"], [1]), ("xlsx", None)),
}
HOSTILE = {
    "empty": (b"", "empty"),
    "large": (b"%PDF-1.7" + b"0" * 10 * 1024 * 1024, "large"),
    "text": (b"halo", "unknown"),
    "program": (b"MZ" + b"\0" * 300, "unknown"),
    "page": (b"<html><script>alert(1)</script>", "unknown"),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "unknown"),
    "pdf after something": (b"GIF89a" + pdf(), "unknown"),
    "cut pdf": (pdf(3)[:200], "damaged"),
    "locked pdf": (pdf(password="rahasia"), "encrypted"),
    "long pdf": (pdf(101), "pages"),
    "script": (pdf(change=with_script), "active"),
    "program start": (pdf(change=acting("/Launch")), "active"),
    "program start by a name apart": (pdf(change=acting_by_a_name_apart("/Launch")), "active"),
    "program start by an escaped name": (pdf(change=acting("/Launch")).replace(b"/Launch", b"/L#61unch"), "active"),
    "program start no table names": (unlisted(), "active"),
    "sends a form": (pdf(change=acting("/SubmitForm")), "active"),
    "file in a file": (pdf(change=lambda writer: writer.add_attachment("a.exe", b"MZ")), "active"),
    "script in a note": (pdf(change=hidden_in_a_note), "active"),
    "leads into another file": (pdf(change=acting("/GoToR")), "active"),
    "leads into a file inside": (pdf(change=acting("/GoToE")), "active"),
    "content from elsewhere": (pdf(change=from_elsewhere), "active"),
    "file at an address": (pdf(change=of_an_address), "active"),
    "signed with links": (pdf(change=lambda writer: with_links(writer, signed=True)), "links"),
    "pdf and archive": (pdf() + docx(), "two"),
    "pdf and archive of another kind": (pdf() + b"Rar!\x1a\x07\x01\x00" + b"\0" * 50, "two"),
    "archive after another": (docx() + docx(), "two"),
    "something behind": (docx() + b"<script>", "two"),
    "name twice": (twice(), "two"),
    "name twice in other letters": (docx(**{"WORD__document.XML": "<a/>"}), "two"),
    "out of its folder": (docx(**{"..__..__etc__x": "a"}), "two"),
    "archive inside": (docx(word__media__a_bin=docx()), "two"),
    "archive behind a picture inside": (docx(word__media__a_png=picture("PNG") + docx()), "two"),
    "program inside": (docx(word__media__a_png=b"MZ\x90\0" + b"\0" * 50), "two"),
    "document of another program inside": (docx(word__media__a_bin=b"\xd0\xcf\x11\xe0" + b"\0" * 500), "two"),
    "class of Java inside": (docx(**{"META-INF__MANIFEST.MF": "Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"}), "two"),
    "cut picture": (picture()[:300], "damaged"),
    "huge picture": (picture("PNG", (8000, 5001), "1"), "pixels"),
    "bare zip": (docx(types="")[:40], "damaged"),
    "other archive": (with_member("lain.txt", b"x").replace(b"xl/workbook.xml", b"xl/workbooc.xml"), "unknown"),
    "word and excel": (with_member("word/document.xml", b"<a/>"), "unknown"),
    "macro": (with_member("xl/vbaProject.bin", b"x"), "active"),
    "macro type": (docx(types=TYPES.replace("document.main", "document.macroEnabled.main")), "active"),
    "embedded": (docx(word__embeddings__a_bin=b"x"), "active"),
    "fetching": (
        docx(**{"word___rels__settings.xml.rels": RELATIONS.format("attachedTemplate", 'TargetMode="External"')}),
        "active",
    ),
    "entity": (with_member("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "active"),
    "entity in an encoding few know": (
        with_member(
            "xl/workbook.xml", b'<?xml version="1.0" encoding="gb2312"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        ),
        "active",
    ),
    "bomb": (with_member("xl/worksheets/sheet1.xml", b"\0" * 60_000_000), "greedy"),
    "locked office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "encrypted"),
    "locked zip": (locked_zip(), "encrypted"),
}
"""name -> (content, the code it is refused with)."""
