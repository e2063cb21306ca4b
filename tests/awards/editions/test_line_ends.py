"""A browser's line ends are no change of a rubric."""

from awards.criteria import boxes


def test_a_text_of_several_lines_keeps_the_line_ends_it_had():
    assert boxes.area("Petunjuk")().clean("satu\r\ndua\r\n\r\ntiga") == "satu\ndua\n\ntiga"
