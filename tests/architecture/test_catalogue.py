"""Two languages: everything said is translated, nothing is left over, and the compiled catalogue is the source's."""

import re

import polib

from tests.catalogue import COMPILED, SOURCE, Message, in_python, in_template, key, messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def test_every_message_has_an_indonesian_translation_and_none_is_stale():
    known = {key(entry): entry for entry in polib.pofile(str(SOURCE))}
    used = messages()

    assert sorted(m.singular for m in used.keys() - known.keys()) == []
    assert sorted(m.singular for m in known.keys() - used.keys()) == []
    assert [entry.msgid for entry in known.values() if not entry.translated() or entry.fuzzy] == []


def test_a_translation_keeps_the_placeholders_of_its_message():
    def said(entry):
        return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr

    wrong = [
        entry.msgid
        for entry in polib.pofile(str(SOURCE))
        if not set(PLACEHOLDER.findall(said(entry)))
        <= set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        or not set(PLACEHOLDER.findall(entry.msgid)) <= set(PLACEHOLDER.findall(said(entry)))
    ]

    assert wrong == []


def test_the_compiled_catalogue_says_what_its_source_says():
    def content(catalogue):
        return {(key(e), e.msgstr, tuple(e.msgstr_plural.values())) for e in catalogue if e.msgid}

    assert content(polib.mofile(str(COMPILED))) == content(polib.pofile(str(SOURCE)))


def test_the_reader_finds_messages_in_code_and_in_templates():
    code = 'a = _("One"); b = ngettext("%(n)s row", "%(n)s rows", n); c = pgettext("month", "May")'
    page = (
        "{% load i18n %}{% translate 'Two' %}{% if a %}"
        "{% blocktranslate trimmed %}\n Three {{ x }}\n{% endblocktranslate %}"
        '{% endif %}{% translate "Four" as four %}{{ _("Five") }}'
    )

    assert list(in_python(code)) == [
        Message(None, "One"),
        Message(None, "%(n)s row", "%(n)s rows"),
        Message("month", "May"),
    ]
    assert set(in_template(page)) == {
        Message(None, "Two"),
        Message(None, "Three %(x)s"),
        Message(None, "Four"),
        Message(None, "Five"),
    }


def test_no_translation_says_itself_twice():
    """As two branches leave it that wrapped one text differently."""
    said = [words for entry in polib.pofile(str(SOURCE)) for words in (entry.msgstr, *entry.msgstr_plural.values())]

    assert [words for words in said if len(words) > 12 and words[: len(words) // 2] * 2 == words] == []
