"""What the code and templates say to people, and whether the Indonesian catalogue knows all of it.

``python -m tests.catalogue`` brings ``locale/id`` up to date (new entries stay empty, stale ones go) and compiles it.
Reads Python by its syntax tree and templates by Django's own parser, so no gettext tools are needed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")
CODE = ["paritrana", "awards", "regions", "scoring"]
SIMPLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}


class Message(NamedTuple):
    context: str | None
    singular: str
    plural: str | None = None


def messages() -> dict[Message, set[str]]:
    """Every message with the files that use it."""
    found: dict[Message, set[str]] = {}
    for path in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        for message in in_python(path.read_text()):
            found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        for message in in_template(path.read_text()):
            found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if name in SIMPLE and texts:
            yield Message(None, texts[0])
        elif name in PLURAL and len(texts) > 1:
            yield Message(None, texts[0], texts[1])
        elif name in CONTEXT and len(texts) > 1:
            yield Message(texts[0], texts[1])


def in_template(source: str) -> Iterator[Message]:
    from django.template import Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode
    from django.utils.text import normalize_newlines
    from django.utils.translation import trim_whitespace

    template = Template(source)
    for node in every_node(template.nodelist):
        if isinstance(node, TranslateNode):
            yield Message(
                literal(node.message_context), str(node.filter_expression.var.literal or node.filter_expression.var)
            )
        elif isinstance(node, BlockTranslateNode):
            tidy = trim_whitespace if node.trimmed else normalize_newlines
            singular = tidy(node.render_token_list(node.singular)[0])
            plural = tidy(node.render_token_list(node.plural)[0]) if node.plural else None
            yield Message(literal(node.message_context), singular, plural)
    for tag in re.findall(r"{[%{].*?[%}]}", source):
        yield from (Message(None, text) for quote, text in re.findall(r"""\b_\((["'])(.+?)\1\)""", tag))


def every_node(nodelist: object) -> Iterator[object]:
    for node in nodelist:  # type: ignore[attr-defined]
        yield node
        for child in ["nodelist", *getattr(node, "child_nodelists", ())]:
            yield from every_node(getattr(node, child, None) or [])


def literal(expression: object) -> str | None:
    return None if expression is None else str(expression.var)  # type: ignore[attr-defined]


def key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def update() -> list[polib.POEntry]:
    """Bring the source up to date and compile it; returns the entries still without a translation."""
    used = messages()
    old = {key(entry): entry for entry in polib.pofile(str(SOURCE))} if SOURCE.exists() else {}
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = {
        "Language": "id",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for message in sorted(used, key=lambda m: (m.singular.lower(), m.singular, m.context or "", m.plural or "")):
        before = old.get(message)
        entry = polib.POEntry(msgctxt=message.context, msgid=message.singular, msgid_plural=message.plural or "")
        entry.flags = ["python-format"] if re.search(r"%\(\w+\)[sd]|%[sd]", message.singular) else []
        if message.plural:
            entry.msgstr_plural = {0: before.msgstr_plural.get(0, "") if before else ""}
        else:
            entry.msgstr = before.msgstr if before else ""
        catalogue.append(entry)
    SOURCE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(SOURCE))
    catalogue.save_as_mofile(str(COMPILED))
    return catalogue.untranslated_entries()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
    django.setup()
    missing = update()
    for entry in missing:
        print(entry.msgid)
    sys.exit(bool(missing))
