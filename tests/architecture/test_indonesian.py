"""One Indonesian word for one thing: replaced words are in no message and in no help; see docs/glossary.md."""

import re

import polib

from tests.catalogue import ROOT, SOURCE

REJECTED = {
    r"\bXLSX\b": "Excel (.xlsx)",
    r"\bbuku kerja\b": "berkas Excel",
    r"\blembar kerja\b": "Excel",
    r"\bspreadsheet\b": "Excel",
    r"\bkisi\b": "lembar cakupan",
    r"\btabel isian\b": "lembar cakupan",
    r"\bpengusul(an)?\b": "penominasi, penominasian",
    r"\bkonsep\b": "draf",
    r"\bgalat\b": "kesalahan",
    r"\bkontak\b": "narahubung",
    r"\bdiinput\b": "diketik",
    r"(?<!%\()\b(nilai total|total nilai)\b": "nilai akhir",
    r"\brundown\b": "susunan acara",
    r"\bkalibrasi\b": "latihan",
    r"\bketahanan\b": "kekokohan",
    r"\bpemenang periode lalu\b": "pemenang terdahulu",
    r"\b(e-mail|email)\b": "surel",
    r"\blembar penilaian\b": "lembar nilai",
    r"(?<!tim )\bpenilai\b": "juri",
    r"(?<!kantor )(?<!petugas )\bcabang\b": "kantor cabang",
    r"\b(anda|kamu)\b": "Bapak/Ibu, atau tanpa sapaan",
}
NO_WORDS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\.xlsx\b|“[^”]* > [^”]*”")
"""Placeholders, the ending of a file, and menus of other programs, which are quoted as those programs have them."""


def rejected_in(text: str) -> list[str]:
    plain = NO_WORDS.sub("…", text)
    return [word for word in REJECTED if re.search(word, plain, re.IGNORECASE)]


def texts() -> list[str]:
    entries = [entry for entry in polib.pofile(str(SOURCE)) if not entry.obsolete]
    said = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    return said + [line for page in (ROOT / "docs/help/id").glob("*.md") for line in page.read_text().splitlines()]


def test_messages_and_help_have_one_word_for_one_thing():
    assert {text: words for text in texts() if (words := rejected_in(text))} == {}


def test_an_address_of_a_file_and_the_accepted_words_are_no_rejected_words():
    for accepted in (
        "Simpan sebagai .xlsx",
        "%(email)s",
        "tim penilai",
        "Petugas cabang",
        "kantor cabang",
        "berkas Excel",
    ):
        assert rejected_in(accepted) == []


def test_a_second_word_for_a_thing_is_found():
    assert rejected_in("Buku kerja itu XLSX.") == [r"\bXLSX\b", r"\bbuku kerja\b"]
    assert rejected_in("Cabang mengirim angka.") == [r"(?<!kantor )(?<!petugas )\bcabang\b"]
    assert rejected_in("Pengusul menjawab.") == [r"\bpengusul(an)?\b"]


def test_the_word_for_nominating_is_not_the_word_for_a_proposal_of_a_province():
    nominating = {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(SOURCE))
        if re.search(r"\bnominat(e|ed|ing|or|ors)\b", entry.msgid, re.IGNORECASE)
        and not re.search(r"propos", entry.msgid, re.IGNORECASE)
    }

    assert len(nominating) > 30
    assert {key: text for key, text in nominating.items() if re.search(r"usul", text, re.IGNORECASE)} == {}
