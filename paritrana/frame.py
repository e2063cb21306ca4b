"""What every page's frame shows: the menu by task, the selections, the example label. Wiring; may look everywhere."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

import awards.tasks
import awards.tasks_candidates
import regions.tasks
import scoring.tasks
import scoring.tasks_documents
import scoring.tasks_results
from awards.models import Edition, Selection
from paritrana import __version__, helping
from paritrana.accounts.models import User

FLOORS = [awards.tasks, awards.tasks_candidates, regions.tasks]
FLOORS += [scoring.tasks, scoring.tasks_results, scoring.tasks_documents]


def context(request: HttpRequest) -> dict[str, Any]:
    """The variable ``frame`` of every template; built only when a template asks for it."""
    return {"frame": SimpleLazyObject(partial(frame, request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    selections = selections_of(user, request.path) if signed_in else []
    current = next((item for item in selections if item["is_current"]), None)
    return {
        "menu": menu(user, request.path) if signed_in else [],
        "selections": selections,
        "selection": current and current["label"],
        "is_example": Edition.objects.filter(is_example=True).exists(),
        "version": __version__,
        "edition_label": current["edition"] if current else "",
        "help_url": help_url(request),
    }


def help_url(request: HttpRequest) -> str:
    """The text of help on the page that is being read."""
    match = getattr(request, "resolver_match", None)
    topic = helping.topic_of(match.url_name or "") if match else helping.GENERAL
    return reverse("help") if topic == helping.GENERAL else reverse("help-topic", args=[topic])


def menu(user: User, path: str) -> list[dict[str, Any]]:
    """Sections of entries ``{url, label, icon, is_current}``; current is the longest matching address."""
    entries = entries_for(user)
    here = max((entry["url"] for entry in entries if path.startswith(entry["url"])), key=len, default="")
    if here == "/" != path:  # every address begins with the home page's
        here = ""
    sections: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        sections.setdefault(str(entry["section"]), []).append({**entry, "is_current": entry["url"] == here})
    return [{"title": title, "items": items} for title, items in sections.items()]


def entries_for(user: User) -> list[dict[str, Any]]:
    """What the menu leads this person to, wherever they are."""
    entries = [{"section": "", "label": _("Home"), "url": reverse("home"), "icon": "home"}]
    for floor in FLOORS:
        entries += floor.menu_for(user)
    if user.is_superuser:
        entries.append({"section": _("Portal"), "label": _("Style page"), "url": reverse("style"), "icon": "palette"})
    return entries


def selections_of(user: User, path: str) -> list[dict[str, Any]]:
    """The selections a person may open, newest edition first; current is the one whose pages are being read."""
    return [{**one, "is_current": path.startswith(one["url"])} for one in selections_for(user)]


def selections_for(user: User) -> list[dict[str, Any]]:
    rows = Selection.objects.visible_to(user).select_related("edition", "province").order_by("-edition__period_end")
    return [{"url": row.get_absolute_url(), "label": str(row), "edition": row.edition.label} for row in rows]


def tasks(user: User) -> list[dict[str, Any]]:
    """Everything that waits for this person, floor by floor; what is done comes last."""
    return sorted((task for floor in FLOORS for task in floor.tasks_for(user)), key=lambda task: bool(task.get("done")))
