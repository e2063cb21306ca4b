import datetime
import unicodedata

import pytest
import typst

from paritrana.display import pdf
from paritrana.display.pdf import UNKNOWN, printable

AT = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
SOURCE = b"""#set document(title: "x")
#set text(font: "Libertinus Serif")
#sys.inputs.letters
"""


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Kabupaten Badung", "Kabupaten Badung"),
        ('PT "A", #B $C\\ <d> *e*', 'PT "A", #B $C\\ <d> *e*'),
        ("Maju 😀👨‍👩‍👧 Jaya ✈️", "Maju Jaya"),
        ("Łódź Ὀδυσσεύς Москва", "Łódź Ὀδυσσεύς Москва"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("ＡＢ 𝓑 ﬁ", "AB B fi"),
        ("漢 ꦗ", f"{UNKNOWN} {UNKNOWN}"),
        ("a\u202eb\u00adc", "abc"),
        ("satu\ndua 😀", "satu\ndua"),
    ],
)
def test_what_no_font_has_is_left_out_or_a_square(text, printed):
    assert unicodedata.normalize("NFC", printable(text)) == unicodedata.normalize("NFC", printed)


def test_the_compiler_has_every_letter_that_is_said_to_be_had():
    letters = [chr(code) for first, last in pdf._HAVE for code in range(first, last + 1)]
    written = [letter for letter in letters if unicodedata.category(letter) not in {"Cn", "Cc", "Zl", "Zp"}]

    made = typst.compile(
        SOURCE, font_paths=pdf._fonts(), sys_inputs={"letters": " ".join(written)}, pdf_standards=["ua-1"]
    )

    assert made.startswith(b"%PDF-")


@pytest.mark.parametrize("letter", ["😀", "漢", "ꦗ"])
def test_the_compiler_refuses_what_is_said_to_be_missing(letter):
    """The positive control: without ``printable`` such a letter stops the document."""
    with pytest.raises(typst.TypstError):
        typst.compile(SOURCE, font_paths=pdf._fonts(), sys_inputs={"letters": letter}, pdf_standards=["ua-1"])
