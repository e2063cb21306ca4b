"""The forms of a page as a browser reads them: where each sends what, and what stands in its boxes."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

BUTTONS = frozenset({"submit", "button", "image", "reset"})
ROW = re.compile(r"([0-9]{1,9})(:[0-9]+)?")
STATE = {"csrfmiddlewaretoken", "version", "base", "desk", "after", "but"}
"""What a form remembers about the row of its address, and where it leads to afterwards, or which hints leave out."""
FILLED = {
    "text": "Contoh 1", "textarea": "Alasan contoh", "email": "baru@contoh.example", "number": "1", "tel": "0812345678",
    "date": "2024-05-01", "time": "09:00", "datetime-local": "2024-05-01T09:00", "url": "https://contoh.example",
}  # fmt: skip


@dataclass
class Control:
    """A box with a name; ``options`` and ``chosen`` are those of a select, ``is_on`` says that a box is ticked."""

    name: str
    kind: str
    value: str = ""
    is_on: bool = False
    is_required: bool = False
    takes_many: bool = False
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    def sent(self) -> list[str]:
        """What a browser sends of it as it stands, without buttons and files."""
        if self.kind == "select":
            return self.chosen or ([] if self.takes_many else self.options[:1])
        is_sent = self.is_on if self.kind in {"checkbox", "radio"} else self.kind not in BUTTONS | {"file"}
        return [self.value] if is_sent else []


@dataclass
class PageForm:
    attributes: dict[str, str]
    controls: list[Control] = field(default_factory=list)

    @property
    def action(self) -> str:
        return self.attributes.get("action", "")

    @property
    def is_post(self) -> bool:
        return self.attributes.get("method", "").lower() == "post"

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.controls}

    @property
    def written(self) -> set[str]:
        """The names somebody fills in."""
        return {one.name for one in self.controls if one.kind not in BUTTONS | {"hidden", "file", "password"}}

    def values(self) -> dict[str, list[str]]:
        """What it sends as it stands."""
        found: dict[str, list[str]] = {}
        for one in self.controls:
            for value in one.sent():
                found.setdefault(one.name, []).append(value)
        return found

    def emptied(self) -> dict[str, list[str]]:
        return {name: values for name, values in self.values().items() if name not in self.written}

    def body(self) -> dict[str, list[str]]:
        """What it sends once everything asked for is filled in and every box is ticked."""
        found: dict[str, list[str]] = {}
        for one in self.controls:
            if one.kind == "select":
                first = next(filter(None, one.options), "") if one.is_required else ""
                found[one.name] = one.chosen or ([first] if one.is_required else one.sent())
            elif one.kind == "radio":
                if one.is_on or one.name not in found:
                    found[one.name] = [one.value]
            elif one.kind == "checkbox":
                found.setdefault(one.name, []).append(one.value)
            elif one.kind == "submit":
                found.setdefault(one.name, [one.value])
            elif one.kind != "file":
                found[one.name] = [one.value or (FILLED.get(one.kind, "") if one.is_required else "")]
        return found

    def choices(self) -> dict[str, set[str]]:
        """The controls that may name rows, with what they offer."""
        found: dict[str, set[str]] = {}
        for one in self.controls:
            offered = {*one.options} if one.kind == "select" else {one.value}
            if one.kind in {"select", "radio", "checkbox", "hidden"} and all(map(ROW.fullmatch, offered - {""})):
                found.setdefault(one.name, set()).update(offered - {""})
        return {name: offered for name, offered in found.items() if offered and not is_state(name)}


def is_state(name: str) -> bool:
    return name in STATE or name.endswith("_FORMS")


class _Reader(HTMLParser):
    """Controls may lie outside their form and name it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.inside: PageForm | None = None
        self.open: Control | None = None
        """The select or textarea that is being read, whether or not it belongs to a form."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = PageForm(of)
            self.forms.append(self.inside)
            self.by_id[of.get("id", "")] = self.inside
        elif tag in {"input", "select", "textarea", "button"}:
            self._control(tag, of)
        elif tag == "option" and self.open is not None and "disabled" not in of:
            self.open.options.append(of.get("value", ""))
            if "selected" in of:
                self.open.chosen.append(of.get("value", ""))

    def _control(self, tag: str, of: dict[str, str]) -> None:
        kind = of.get("type", {"input": "text", "button": "submit"}.get(tag, tag)).lower()
        one = Control(
            of.get("name", ""), kind, of.get("value", ""), "checked" in of, "required" in of, "multiple" in of
        )
        form = self.by_id.get(of["form"]) if "form" in of else self.inside
        if form is not None and one.name and "disabled" not in of:
            form.controls.append(one)
        if tag in {"select", "textarea"}:
            self.open = one

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.open.kind == "textarea":
            self.open.value += data if self.open.value else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag in {"select", "textarea"}:
            self.open = None


def forms_of(html: str) -> list[PageForm]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms
