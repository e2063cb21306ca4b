"""Home never misses work: at every step of a selection exactly the person whose turn it is has the next act."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Contact, Criterion, Nomination, Role, StageDate
from awards.nominations import transitions
from awards.selections.actions import open_next_stage
from awards.stages import NominationState, Stage
from paritrana import todo
from paritrana.todo import Urgency
from regions import rules
from regions.models import Coverage, State
from regions.verification import transitions as figures
from scoring.conflicts import actions as conflicts
from scoring.documents import actions as papers
from scoring.documents import letters
from scoring.models import Document, Standing
from scoring.plenary import closing
from scoring.sealing import actions as sealing
from scoring.sealing import announcing
from scoring.standings import store
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def home(user, shown=todo.tasks_for):
    """As the page asks for it: what it looks up about its reader is looked up once."""
    user.memory = {}
    try:
        return shown(user)
    finally:
        del user.memory


class Walk:
    """One selection with its cast; ``turn`` says who has an act among what waits on home, and who is told of it."""

    def __init__(self):
        self.made = bench(Stage.PREPARATION, nominations=0)
        self.selection = self.made.selection
        self.region = builders.regency(f"{self.selection.province.code}.01", "Kabupaten Nomor 1")
        self.people = {
            "branch": builders.branch_staff(self.region),
            "office": builders.regional_officer(self.selection.province.regional_office),
            "committee": builders.committee(self.selection),
            "auditor": builders.appointed(Role.AUDITOR, self.selection.edition),
            "stranger": builders.committee(builders.selection(Stage.ANNOUNCED, at=builders.province("61", "Kalbar"))),
        }
        Criterion.objects.filter(slug="regulasi").update(rules={"levels": plenary.REGULATIONS})
        builders.title(self.made.attended.aspect.rubric)

    def seat(self, name, role):
        self.people[name] = self.made.seat(role, declared=False).user

    def page(self, name, query=""):
        return reverse(name, args=[self.selection.slug]) + query

    def turn(self, url):
        self.selection.refresh_from_db()
        return {name for name, user in self.people.items() if url in self.acts(user)}

    def told(self, url):
        """Who reads that others have this act before them; by its words, as a page of others is not linked."""
        acts = {(task.title, task.hint) for user in self.people.values() for task in home(user) if task.url == url}
        found = {name: home(user, todo.awaited_by) for name, user in self.people.items()}
        return {name for name, tasks in found.items() if any(t.url == url or (t.title, t.hint) in acts for t in tasks)}

    def acts(self, user):
        return [task.url for task in home(user) if not task.done]

    def urgent(self):
        """Everybody for whom something waits that others wait for."""
        tasks = {name: home(user) for name, user in self.people.items()}
        return {name for name, found in tasks.items() if any(t.urgency < Urgency.OPEN and not t.done for t in found)}

    def dated(self):
        now = timezone.now()
        for number, stage in enumerate([Stage.NOMINATION, Stage.VERIFICATION, Stage.INTERVIEW, Stage.PLENARY]):
            opens = now + datetime.timedelta(days=20 * number - 1)
            closes = opens + datetime.timedelta(days=20)
            StageDate.objects.create(selection=self.selection, stage=stage, opens_at=opens, closes_at=closes)


@pytest.fixture
def walk():
    return Walk()


def to_nominating(walk):
    assert walk.turn(walk.page("calendar")) == {"committee"}
    walk.dated()
    assert (walk.turn(walk.page("calendar")), walk.turn(walk.page("selection-open-next"))) == (set(), {"committee"})
    open_next_stage(walk.selection, by=walk.people["committee"], reason="Diuji sebelum harinya")
    assert walk.turn(walk.page("selection-open-next")) == set()
    assert walk.turn(walk.page("selection")) == {"branch"}


def through_figures(walk):
    """Two years of figures: entered, sent, returned, mended, verified, each year by a line of its own."""
    branch, office = walk.people["branch"], walk.people["office"]
    year, region = rules.last_full_year(), walk.region
    grid, send, queue = (reverse(name) for name in ("coverage-grid", "coverage-send-area", "coverage-queue"))
    assert walk.turn(grid) == walk.turn(f"{grid}?year={year - 1}") == {"branch"}
    for each in (year - 1, year):
        builders.coverage(
            region, each, workers=1000 + 9 * (each - year), participants=500 + 7 * (each - year), state=State.DRAFT
        )
    assert walk.turn(f"{send}?year={year}") == walk.turn(f"{send}?year={year - 1}") == {"branch"}
    for each in (year - 1, year):
        figures.send(region, each, {"PU": 1}, {}, by=branch)
    assert walk.turn(f"{queue}?year={year - 1}") == {"office"}
    assert walk.told(f"{reverse('coverage')}?year={year}") == {"branch"}
    figures.return_figures(region, year, {"PU": 1}, {"PU": "Tertukar"}, by=office)
    mending = reverse("coverage-edit", args=[region.code, year])
    assert (walk.turn(mending), walk.told(f"{reverse('coverage')}?year={year}")) == ({"branch"}, {"office"})
    Coverage.objects.filter(year=year).update(state=State.SENT)
    for each in (year - 1, year):
        figures.verify(region, each, {"PU": 1}, by=office)
    assert walk.urgent() == set()


def through_verification(walk):
    """A draft, sent, returned, sent again, verified and put on the list; then nothing is left but the next stage."""
    committee, branch = walk.people["committee"], walk.people["branch"]
    nomination = builders.nomination(walk.selection, walk.region, by=branch)
    plenary.answer(nomination, "perda")
    listed = {state: walk.page("nominations", f"?state={state}") for state in NominationState}
    assert (walk.turn(listed["draf"]), walk.urgent()) == ({"branch"}, set())
    sent(nomination, branch)
    assert (walk.turn(listed["terkirim"]), walk.told(listed["terkirim"])) == ({"committee"}, {"branch"})
    Nomination.objects.update(state=NominationState.RETURNED)
    assert (walk.turn(listed["dikembalikan"]), walk.told(listed["dikembalikan"])) == ({"branch"}, {"committee"})
    sent(nomination, branch)
    StageDate.objects.filter(stage=Stage.NOMINATION).update(closes_at=timezone.now())
    assert walk.turn(walk.page("selection-open-next")) == {"committee"}
    open_next_stage(walk.selection, by=committee, reason="Diuji sebelum harinya")
    assert walk.turn(walk.page("selection-open-next")) == set()
    verified(nomination)
    assert walk.turn(listed["terverifikasi"]) == {"committee"}
    transitions.shortlist(Nomination.objects.get(), by=committee)
    walk.made.nominations.append(Nomination.objects.get())
    assert walk.turn(walk.page("selection-open-next")) == {"committee"}


def sent(nomination, by):
    signed = {"submitted_at": timezone.now(), "submitted_by": by}
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.SENT, **signed)


def verified(nomination):
    signed = {"verified_at": timezone.now(), "verified_by": builders.person()}
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.VERIFIED, **signed)


def through_interviews(walk):
    """Panel, timetable, attendance, declarations, sheets one by one, the close by the chair, and the plenary."""
    committee, nomination = walk.people["committee"], walk.made.nominations[0]
    assert walk.turn(walk.page("panel")) == {"committee"}
    for name, role in (("chair", Role.CHAIR), ("secretary", Role.SECRETARY), ("juror", Role.JUROR)):
        walk.seat(name, role)
    open_next_stage(walk.selection, by=committee, reason="Diuji sebelum harinya")
    interviews = walk.page("interviews")
    assert (walk.turn(walk.page("panel")), walk.turn(interviews)) == (set(), {"committee"})
    interview = plenary.attend(nomination)
    type(interview).objects.update(attended="", attendance_at=None, attendance_by=None)
    assert walk.turn(interviews) == {"committee", "secretary"}
    type(interview).objects.update(attended="head", attendance_at=timezone.now(), attendance_by=committee)
    panel = {"chair", "secretary", "juror"}
    assert (walk.turn(interviews), walk.turn(walk.page("declare"))) == (set(), panel)
    for seat in walk.made.seats:
        conflicts.declare(seat, reasons={}, by=seat.user)
    remind, sheets = walk.page("chair-room"), reverse("sheets")
    assert (walk.turn(walk.page("declare")), walk.turn(sheets), walk.turn(remind)) == (set(), panel, set())
    for seat, left in zip(walk.made.seats, ({"secretary", "juror"}, {"juror"}, set()), strict=True):
        plenary.hand_in(seat, nomination, walk.made.marks(8_000, 8_000, 8_000))
        assert walk.turn(sheets) == left
    close = walk.page("panel-close")
    assert (walk.turn(close), walk.told(close)) == ({"chair"}, {"committee", "secretary"})
    closing.close(walk.selection, reasons={}, by=walk.people["chair"])
    following = walk.page("selection-open-next")
    assert (walk.turn(close), walk.turn(following), walk.urgent()) == (set(), {"committee"}, {"committee"})
    assert walk.told(following) == {"chair", "secretary"}
    open_next_stage(walk.selection, by=committee, reason="Diuji sebelum harinya")


def through_the_seal(walk):
    committee, chair = walk.people["committee"], walk.people["chair"]
    seal, second, deliberate = (walk.page(name) for name in ("checks", "seal-second", "deliberation"))
    assert (walk.turn(seal), walk.urgent()) == ({"committee"}, {"committee"})
    Standing.objects.filter(selection=walk.selection).update(is_tied=True)
    assert walk.turn(deliberate) == {"chair", "secretary"}
    store.refresh(walk.selection)
    asked = plenary.asked(walk.selection, committee)
    assert (walk.turn(seal), walk.turn(second), walk.urgent()) == (set(),) + ({"chair", "secretary"},) * 2
    assert "committee" in walk.told(second)
    sealing.second(asked, by=chair)
    assert (walk.turn(second), walk.turn(walk.page("announce"))) == (set(), {"committee"})
    assert walk.turn(walk.page("minutes-make")) == {"committee", "secretary"}
    documents.minutes(walk.made, committee)
    announcing.announce(walk.selection, by=committee)


def through_the_papers(walk):
    committee = walk.people["committee"]
    making, fetching, telling = (walk.page(name) for name in ("certificates-make", "documents", "notices"))
    assert walk.turn(making) == {"committee", "secretary"}
    documents.certificates(walk.made, committee)
    assert (walk.turn(making), walk.turn(fetching)) == (set(), {"committee", "secretary"})
    papers.take_all(list(Document.objects.filter(kind="certificate")), walk.selection, by=committee)
    Contact.objects.create(candidate=walk.made.nominations[0].candidate, name="Wayan", email="wayan@contoh.example")
    assert (walk.turn(telling), walk.told(telling)) == ({"committee"}, {"chair", "secretary", "auditor"})
    letters.write_notices(walk.selection, by=committee)
    assert walk.urgent() == set()


def test_at_every_step_exactly_the_person_whose_turn_it_is_has_the_next_act_on_home(walk):
    to_nominating(walk)
    through_figures(walk)
    through_verification(walk)
    through_interviews(walk)
    through_the_seal(walk)
    through_the_papers(walk)
