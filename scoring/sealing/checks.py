"""The checks before a seal, by kind: each case with the page where it can be seen. Never a mark."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection, Title
from awards.models.nominations import NominationQuerySet
from awards.stages import Permission
from paritrana.accounts.models import User
from regions.models import Coverage
from regions.verification.doubts import doubts
from scoring.assignments import criteria, no_shows, progress, rooms
from scoring.conflicts import suggestions
from scoring.models import Conflict, Declaration, Deliberation, Mark, Note, Panel, Seat, Standing
from scoring.plenary import flags
from scoring.standings import comparison, store
from scoring.standings import rankings as standing_rankings
from scoring.standings.scores import Field
from scoring.standings.winners import shares_a_place


@dataclass(frozen=True)
class Item:
    """One case: ``key`` identifies it in any language, ``url`` is its page, open to whoever ``needs`` it has."""

    key: str
    text: str
    url: str = ""
    needs: Permission | None = None

    def __str__(self) -> str:
        return self.text


class Situation:
    """The present rows of a selection; each part is read once."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._pages: dict[tuple[object, ...], str] = {}

    @cached_property
    def titles(self) -> list[Title]:
        return store.titles_of(self.selection)

    @cached_property
    def by_rubric(self) -> dict[int, Field]:
        return store.fields_of(self.selection, self.titles)

    @property
    def fields(self) -> list[Field]:
        return list(self.by_rubric.values())

    @cached_property
    def tallied(self) -> list[tuple[Title, list[Standing]]]:
        return list(store.tallies(self.titles, self.by_rubric))

    @cached_property
    def rankings(self) -> list[standing_rankings.Ranking]:
        return [standing_rankings.ranking_from(self.selection, title, rows) for title, rows in self.tallied]

    @cached_property
    def panel(self) -> Panel:
        """The panel, or the default rules of one."""
        return Panel.objects.filter(selection=self.selection).first() or Panel()

    @cached_property
    def seats(self) -> list[Seat]:
        """Current seats without observers."""
        return list(Seat.objects.counting().filter(panel__selection=self.selection).with_people())

    @cached_property
    def marked(self) -> NominationQuerySet:
        return criteria.marked_nominations(self.selection)

    @cached_property
    def judged(self) -> list[Nomination]:
        """Nominations to be marked, without those marked absent: their keys, and ``names`` has their names."""
        absent = no_shows.among(self.selection)
        return [each for each in progress.keys_of(self.marked) if each.pk not in absent]

    @cached_property
    def names(self) -> dict[int, str]:
        """Of the nominations to be marked, by key."""
        return dict(self.marked.order_by().values_list("pk", "candidate__name"))

    @cached_property
    def states(self) -> dict[tuple[int, int], progress.Progress]:
        return progress.progress(self.seats, self.judged)

    @cached_property
    def figures(self) -> list[Coverage]:
        """The figures used, each once."""
        return list({one.pk: one for field in self.fields for one in field.evidence.coverage.values()}.values())

    @cached_property
    def unsent(self) -> list[Coverage]:
        """Drafts and returned figures the rubrics require, each once; they are not used."""
        return list({one.pk: one for field in self.fields for one in field.evidence.unsent.values()}.values())

    @cached_property
    def silent(self) -> list[tuple[Seat, Nomination]]:
        """Seats that have not declared about a candidate they judge."""
        declared = rooms.elsewhere(self.selection, self.seats)
        for kind in (Declaration, Conflict):
            declared |= set(kind.objects.filter(seat__in=self.seats).order_by().values_list("seat", "nomination"))
        return [(seat, each) for seat in self.seats for each in self.judged if (seat.pk, each.pk) not in declared]

    @cached_property
    def suspected(self) -> suggestions.Map:
        return suggestions.suggested(self.seats, self.marked) if self.silent else {}

    def page(self, name: str, *more: object) -> str:
        """Thousands of cases lead to a few pages."""
        key = (name, *more)
        if key not in self._pages:
            self._pages[key] = reverse(name, args=[self.selection.slug, *more])
        return self._pages[key]


def nothing_ranked(now: Situation) -> list[Item]:
    if any(ranking.winners for ranking in now.rankings):
        return []
    return [Item("", _("No title has a winner."), now.page("rankings"))]


def standings_differ(now: Situation) -> list[Item]:
    """Candidates whose stored standing differs from the computed one, by title."""
    found = {(one.title.pk, one.nomination.pk): one for one in comparison.differences(now.selection, now.tallied)}
    return [
        Item(f"{one.title.pk}:{one.nomination.pk}", f"{one.title}: {one.nomination}", one.nomination.get_absolute_url())
        for one in found.values()
    ]


def not_ranked(now: Situation) -> list[Item]:
    return [
        Item(
            f"{ranking.path}:{line.code}:{line.name}",
            f"{ranking.name}: {line.name} ({line.reason})",
            now.page("ranking", ranking.path),
        )
        for ranking in now.rankings
        for line in ranking.unranked
        if "not-qualified" not in {code for code, *_items in line.reasons}
    ]


def shared_places(now: Situation) -> list[Item]:
    """Shared places among the winners that matter, except those the plenary decided to share."""
    words = _("%(title)s, %(group)s: place %(place)s, %(name)s")
    return [
        Item(
            f"{ranking.path}:{group.name and line.group}:{line.place}:{line.code}:{line.name}",
            words % {"title": ranking.name, "group": group.name, "place": line.place, "name": line.name},
            now.page("ranking", ranking.path),
        )
        for ranking in now.rankings
        for group in ranking.winners
        for line in group.lines
        if shares_a_place(ranking, line) and line.decided_by.get("by") != "plenary"
    ]


def panel_open(now: Situation) -> list[Item]:
    """A panel with something to mark that the chair has not closed."""
    if now.panel.closed_at is not None or not now.seats or not now.judged:
        return []
    return [Item("", _("The chair has not closed the panel."), now.page("panel-close"), Permission.CLOSE_PANEL)]


def sheets_open(now: Situation) -> list[Item]:
    people = {seat.pk: str(seat.user) for seat in now.seats}
    return [
        Item(f"{seat}:{nomination}", f"{people[seat]} – {now.names[nomination]}", now.page("progress"))
        for (seat, nomination), how in now.states.items()
        if how in progress.WAITING
    ]


def assistant_entries(now: Situation) -> list[Item]:
    """Marks typed by an assistant on a sheet its juror has not handed in."""
    drafts = Mark.objects.filter(sheet__seat__in=now.seats, sheet__submitted_at=None, value__isnull=False)
    typed = drafts.order_by().values_list("sheet__seat", "sheet__nomination", "versions__written_by").distinct()
    seats = {seat.pk: seat for seat in now.seats}
    judged = {each.pk for each in now.judged}
    found = {
        (seat, nomination)
        for seat, nomination, writer in typed
        if nomination in judged and writer is not None and writer != seats[seat].user.pk
    }
    return [
        Item(f"{seat}:{nomination}", f"{seats[seat].user} – {now.names[nomination]}", now.page("progress"))
        for seat, nomination in sorted(found)
    ]


def below_quorum(now: Situation) -> list[Item]:
    """Candidates below the quorum, with the number of jurors whose marks count."""
    found = progress.strengths(now.seats, now.judged, now.states, now.panel.quorum)
    words = _("%(name)s: %(count)d of %(quorum)d jurors")
    return [
        Item(
            f"{key}:{one.handed_in}:{one.quorum}",
            words % {"name": now.names[key], "count": one.handed_in, "quorum": one.quorum},
            now.page("progress"),
        )
        for key, one in found.items()
        if one.is_below
    ]


def spread_open(now: Situation) -> list[Item]:
    """Candidates with a wide spread of marks whose discussion is not recorded, and without an agreed order."""
    notes = Note.objects.filter(nomination__selection=now.selection).order_by("version")
    settled = {note.nomination_id: note.is_discussion for note in notes}  # the last one of a candidate is in force
    agreed = {key for one in Deliberation.objects.filter(selection=now.selection) for key in one.agreed}
    found = []
    for field in now.fields:
        names = {criterion.pk: str(criterion) for criterion in field.criteria}
        given: dict[int, dict[int, list[int]]] = defaultdict(dict)
        for (key, criterion), marks in field.evidence.marks.items():
            given[key][criterion] = list(marks.values())
        sizes = [size for of in given.values() for size in flags.spreads(of).values()]
        bound = flags.bound(sizes, now.panel.spread_limit)
        for nomination in field.nominations:
            if settled.get(nomination.pk) or nomination.pk in agreed:
                continue
            if wide := [names[flag.where] for flag in flags.spread(given[nomination.pk], bound)]:
                page = now.page("chair-candidate", nomination.pk)
                found.append(Item(f"{nomination.pk}:{len(wide)}", f"{nomination}: {', '.join(wide)}", page))
    return found


def conflicts_undeclared(now: Situation) -> list[Item]:
    return [
        Item(f"{seat.pk}:{each.pk}", f"{seat.user} – {now.names[each.pk]}", now.page("conflict-map"))
        for seat, each in now.silent
        if (seat.pk, each.pk) not in now.suspected
    ]


def conflicts_suspected(now: Situation) -> list[Item]:
    """Ties found in the data about which the juror has not declared."""
    return [
        Item(
            f"{seat.pk}:{each.pk}",
            f"{seat.user} – {now.names[each.pk]}: {', '.join(str(tie.words) for tie in ties)}",
            now.page("conflict-map"),
        )
        for seat, each in now.silent
        if (ties := now.suspected.get((seat.pk, each.pk)))
    ]


def coverage_unsent(now: Situation) -> list[Item]:
    """Figures their branch can still send; the seal would lock them."""
    return [
        Item(
            f"{figure.pk}:{figure.version}:{figure.state}",
            f"{figure} ({figure.get_state_display()})",
            figure.region.get_absolute_url(),
        )
        for figure in now.unsent
        if not figure.is_locked
    ]


def coverage_unverified(now: Situation) -> list[Item]:
    return [
        Item(f"{figure.pk}:{figure.version}", str(figure), figure.region.get_absolute_url())
        for figure in now.figures
        if figure.verified_at is None
    ]


def coverage_flagged(now: Situation) -> list[Item]:
    """Doubts about the figures used, without a justification."""
    judged = Coverage.objects.filter(pk__in=[figure.pk for figure in now.figures]).with_context()
    unanswered = [one for one in doubts(judged.select_related("region__parent"), reader=User()) if one.note is None]
    return [
        Item(
            f"{doubt.figures[0].pk}:{doubt.code}:{doubt.figures[0].version}",
            f"{doubt.figures[0].region} {doubt.figures[0].year} {doubt.segments}: {' '.join(map(str, doubt.messages))}",
            doubt.figures[0].region.get_absolute_url(),
        )
        for doubt in unanswered
    ]


def rubric_open(now: Situation) -> list[Item]:
    return [
        Item(str(field.rubric.pk), str(field.rubric), now.page("checks"))
        for field in now.fields
        if field.nominations and field.rubric.locked_at is None
    ]
