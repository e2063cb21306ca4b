"""The stored standings of a selection: recomputed when an input changes, and only read by pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Nomination, Rubric, Selection, Title
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import TrailHead
from scoring.models import Standing
from scoring.standings import scores, tally


class UnknownTitle(LookupError):
    """No title of the selection, or more than one, has this name; the message lists the titles."""


def titles_of(selection: Selection) -> list[Title]:
    """The titles of the rubrics in force for the selection's categories, in order."""
    return list(
        Title.objects.filter(rubric__in=Rubric.objects.in_force(selection))
        .select_related("rubric__category", "among")
        .prefetch_related("weights__criterion__aspect", "ties__aspect", "ties__criterion")
        .order_by("rubric__category__order", "rubric__category_id", "order", "pk")
    )


def title_named(selection: Selection, name: str, among: list[Title] | None = None) -> Title:
    """The title called ``title-slug`` or ``category-slug/title-slug``.

    ``among`` are its titles if loaded. A slug in two categories means the one with nominations here. UnknownTitle
    otherwise.
    """
    titles = titles_of(selection) if among is None else among
    category, _slash, slug = name.rpartition("/")
    found = [each for each in titles if each.slug == slug and category in {"", each.rubric.category.slug}]
    if len(found) > 1:
        filled = set(Nomination.objects.filter(selection=selection).values_list("category", flat=True).distinct())
        found = [each for each in found if each.rubric.category_id in filled]
    if len(found) == 1:
        return found[0]
    names = ", ".join(path_of(each) for each in titles) or "–"
    raise UnknownTitle(_("No single title is called “%(name)s”. Titles: %(names)s") % {"name": name, "names": names})


def path_of(title: Title) -> str:
    return f"{title.rubric.category.slug}/{title.slug}"


def fields_of(selection: Selection, titles: list[Title]) -> dict[int, scores.Field]:
    """rubric -> its field of contenders, read once for all titles."""
    rubrics = {title.rubric_id: title.rubric for title in titles}
    return {key: scores.field_of(selection, rubric) for key, rubric in rubrics.items()}


def fresh(selection: Selection, titles: list[Title] | None = None) -> Iterator[tuple[Title, list[Standing]]]:
    """Every title with its standings computed from the rows now; stores nothing."""
    wanted = titles_of(selection) if titles is None else titles
    yield from tallies(wanted, fields_of(selection, wanted))


def tallies(titles: list[Title], fields: dict[int, scores.Field]) -> Iterator[tuple[Title, list[Standing]]]:
    """Title by title, those limited to another's winners after it."""
    best: dict[int, list[Standing]] = {}
    for title in sorted(titles, key=lambda each: each.among_id is not None):
        field, among = fields[title.rubric_id], title.among
        before = best.get(among.pk) if among else None
        if among and before is None:  # requested alone: the title it depends on is computed all the same
            before = tally.tally(field, among)
        best[title.pk] = tally.tally(field, title, _within(before, title.among_places))
        yield title, best[title.pk]


def _within(rows: list[Standing] | None, places: int | None) -> frozenset[int] | None:
    """The nominations with one of the first places; None for an independent title."""
    return (
        None
        if rows is None or places is None
        else frozenset(row.nomination_id for row in rows if row.place and row.place <= places)
    )


_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


@contextmanager
def postponed() -> Iterator[None]:
    """Collects refreshes of the same selection and does each once at the end, in one transaction."""
    waiting: set[int] = set()
    with transaction.atomic():
        token = _postponed.set(waiting)
        try:
            yield
        finally:
            _postponed.reset(token)
        for selection in Selection.objects.filter(pk__in=waiting):
            refresh(selection)


@transaction.atomic
def refresh(selection: Selection) -> int:
    """Update the stored standings of every title; returns how many rows changed.

    None are stored before anybody may read them: opening that stage computes them. Nothing changes after the seal.
    Nothing is recorded in the trail, since an event would reveal the first place too early.
    """
    waiting = _postponed.get()
    if waiting is not None:
        waiting.add(selection.pk)
        return 0
    # Writers queue at the head of the trail, so nobody computes from half of another's change, and a
    # change during the opening of the plenary is seen by one of the two.
    TrailHead.objects.select_for_update().filter(pk=1).first()
    if not are_stored(Selection.objects.get(pk=selection.pk)):
        return 0
    moved, gone = _differences(selection)
    if gone:
        Standing.objects.filter(pk__in=gone).delete()
    Standing.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["selection", "title", "nomination"],
        update_fields=Standing.FACTS,
        batch_size=500,
    )
    return len(moved) + len(gone)


def are_stored(selection: Selection) -> bool:
    """Whether live rankings can be read at this stage."""
    return Permission.SEE_RANKING in OPEN_IN[Stage(selection.stage)] and not selection.is_sealed


def _differences(selection: Selection) -> tuple[list[Standing], list[int]]:
    """Changed rows, and the keys of deleted rows."""
    stored = {(row.title_id, row.nomination_id): row for row in Standing.objects.filter(selection=selection).order_by()}
    now = {(row.title_id, row.nomination_id): row for _title, rows in fresh(selection) for row in rows}
    moved = [row for key, row in now.items() if key not in stored or _facts(stored[key]) != _facts(row)]
    return moved, [row.pk for key, row in stored.items() if key not in now]


def _facts(row: Standing) -> list[object]:
    return [getattr(row, name) for name in Standing.FACTS]
