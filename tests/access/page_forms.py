"""The forms of a page as a browser reads them: where each sends what, and what stands in its boxes."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BUTTONS = frozenset({"submit", "button", "image", "reset"})


@dataclass
class PageForm:
    """``values`` are what the form sends as it stands, without files; ``written`` the names somebody fills in."""

    attributes: dict[str, str | None]
    values: dict[str, list[str]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    @property
    def action(self) -> str:
        return self.attributes.get("action") or ""

    @property
    def is_post(self) -> bool:
        return (self.attributes.get("method") or "").lower() == "post"

    def emptied(self) -> dict[str, list[str]]:
        return {name: values for name, values in self.values.items() if name not in self.written}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.open: PageForm | None = None
        self.select: tuple[PageForm, str] | None = None
        self.first: str | None = None
        self.takes_many = False
        self.text: tuple[PageForm, str] | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = dict(pairs)
        if "disabled" in given:
            return
        if tag == "form":
            self.open = PageForm(given)
            self.forms.append(self.open)
            self.by_id[given.get("id") or ""] = self.open
        elif tag in {"input", "select", "textarea", "button"}:
            form = self.by_id.get(given.get("form") or "") if given.get("form") else self.open
            if form and given.get("name"):
                self._box(form, tag, given)
        elif tag == "option" and self.select:
            form, name = self.select
            if "selected" in given:
                form.values.setdefault(name, []).append(given.get("value") or "")
            elif self.first is None:
                self.first = given.get("value") or ""

    def _box(self, form: PageForm, tag: str, given: dict[str, str | None]) -> None:
        name, kind = given["name"] or "", (given.get("type") or tag).lower()
        form.kinds.add(kind)
        if tag == "select":
            self.select, self.first = (form, name), None
            self.takes_many = "multiple" in given
        elif tag == "textarea":
            self.text = (form, name)
        elif kind not in BUTTONS | {"file"} and (kind not in {"checkbox", "radio"} or "checked" in given):
            form.values.setdefault(name, []).append(given.get("value") or "")
        if kind not in BUTTONS | {"hidden", "file", "password"}:
            form.written.add(name)

    def handle_data(self, data: str) -> None:
        if self.text:
            form, name = self.text
            present = "".join(form.values.get(name, []))
            form.values[name] = [present + (data if present else data.removeprefix("\n"))]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select" and self.select:
            form, name = self.select
            if self.first is not None and not self.takes_many:  # a browser sends the first where none is chosen
                form.values.setdefault(name, [self.first])
            self.select = None
        elif tag == "textarea":
            self.text = None


def forms_of(html: str) -> list[PageForm]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms
