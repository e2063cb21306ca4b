"""What the frame of every page shows: menu, selections, example label. May import from every app."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from awards.doors.gate import is_contact_only
from awards.doors.todo import menu_for as doors_menu_for
from awards.lookups import names_of_selections
from awards.models import Edition, Selection
from paritrana import __version__, todo
from paritrana.accounts.models import User
from paritrana.pages import help
from paritrana.todo import MenuEntry


def context(request: HttpRequest) -> dict[str, Any]:
    """The variable ``frame`` of every template; computed only when a template uses it."""
    return {"frame": SimpleLazyObject(partial(frame, request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    rows = selections_for(user) if signed_in else []
    entries = tuple(MenuLink(row.get_absolute_url(), str(row)) for row in rows)
    return {
        "menu": menu(user, request.path) if signed_in else (),
        "selections": entries,
        "selection": next(
            (row for row, each in zip(rows, entries, strict=True) if request.path.startswith(each.url)), None
        ),
        "is_contact": signed_in and is_contact_only(user),
        "is_example": Edition.objects.filter(is_example=True).exists(),
        "version": __version__,
        "typed": request.GET.get("q", "") if request.path == reverse("search") else "",
        "help_url": help_url(request),
    }


def help_url(request: HttpRequest) -> str:
    """The address of the help text about the current page."""
    match = getattr(request, "resolver_match", None)
    topic = help.topic_of(match.url_name or "") if match else help.GENERAL
    return reverse("help") if topic == help.GENERAL else reverse("help-topic", args=[topic])


@dataclass(frozen=True)
class MenuLink:
    """A menu entry as plain values, so that it is rendered once for all who have it."""

    url: str
    label: str
    icon: str = "point"
    is_current: bool = False


@dataclass(frozen=True)
class MenuSection:
    title: str
    entries: tuple[MenuLink, ...]


def menu(user: User, path: str) -> tuple[MenuSection, ...]:
    """The menu of this person; the current entry is the one with the longest matching address."""
    entries = entries_for(user)
    here = max((entry.url for entry in entries if path.startswith(entry.url)), key=len, default="")
    if here == "/" != path:  # every address begins with that of the home page
        here = ""
    sections: dict[str, list[MenuLink]] = {}
    for each in entries:
        entry = MenuLink(each.url, str(each.label), each.icon, each.url == here)
        sections.setdefault(str(each.section), []).append(entry)
    return tuple(MenuSection(title, tuple(found)) for title, found in sections.items())


def entries_for(user: User) -> list[MenuEntry]:
    """The menu entries of this person, whatever page they are on."""
    if is_contact_only(user):
        return doors_menu_for(user)
    entries = [MenuEntry("", _("Home"), reverse("home"), "home"), *todo.menu_for(user)]
    if user.is_superuser:
        entries.append(MenuEntry(_("Portal"), _("Style page"), reverse("style"), "palette"))
    return entries


def selections_for(user: User) -> list[Selection]:
    """The selections a person may open, newest edition first."""
    return sorted(names_of_selections(user), key=_newest_first)


def _newest_first(selection: Selection) -> tuple[int, bool, str]:
    """Within an edition the national selection first, then the provinces by name."""
    return -selection.edition.period_end.toordinal(), selection.province_id is not None, selection.place_name
