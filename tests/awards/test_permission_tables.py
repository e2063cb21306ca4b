"""The tables of roles and stages against the same written down once more: nobody gets or loses a permission unseen."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from awards import permissions
from awards.models import Role, StageDate
from awards.permissions import ROLE_TABLE, Capacity
from awards.stages import LEAVING, MOVES, NEXT, OPEN_IN, REASON_NEEDED, NominationState, Permission, Stage, allows
from tests import builders as b

ROLES = {
    "a": Role.AUDITOR,
    "b": Capacity.BRANCH,
    "d": Capacity.CANDIDATE,
    "c": Role.PROVINCIAL_COMMITTEE,
    "j": Role.JUROR,
    "k": Role.CHAIR,
    "m": Capacity.ADMINISTRATOR,
    "n": Role.NATIONAL_COMMITTEE,
    "o": Capacity.OFFICE,
    "s": Role.SECRETARY,
}
"""A small letter is the role in a province's selection, a capital one in the national selection."""

GRANTED = {
    "see": ("AJKMNSabcjkmnos", "1234567"),
    "see-comments": ("ANabc", "1234567"),
    "set-calendar": ("Nc", "123456"),
    "choose-categories": ("Nc", "12"),
    "nominate": ("Nb", "2"),
    "answer": ("DNbd", "23"),
    "repair": ("Nb", "23"),
    "invite-contact": ("Nb", "234567"),
    "verify": ("Nc", "23"),
    "clear": ("Nc", "23"),
    "shortlist": ("Nc", "3"),
    "disqualify": ("Nc", "2345"),
    "withdraw": ("Nbc", "2345"),
    "manage-panel": ("Nc", "1234"),
    "second-panel": ("KNSckns", "1234"),
    "schedule": ("Nc", "34"),
    "record-attendance": ("NScs", "4"),
    "score": ("JKSjks", "4"),
    "report-problem": ("JKSjks", "45"),
    "answer-problem": ("KSks", "45"),
    "recuse": ("KSks", "345"),
    "reopen": ("Kk", "4"),
    "close-panel": ("Kk", "45"),
    "guide-panel": ("KSks", "345"),
    "deliberate": ("KSks", "5"),
    "see-progress": ("AKNSacks", "4567"),
    "move-stage": ("Nc", "1234"),
    "take-back-stage": ("Nc", "2345"),
    "second-taking-back": ("KNScksn", "2345"),
    "see-ranking": ("AKNSacks", "567"),
    "see-marks": ("AKSaks", "567"),
    "see-agreement": ("AKak", "567"),
    "seal": ("Nc", "5"),
    "second-seal": ("KNScks", "567"),
    "reopen-result": ("Nc", "67"),
    "see-seals": ("ANacn", "567"),
    "see-result": ("AJKNSacjkns", "67"),
    "see-candidate-copy": ("ADNabcd", "7"),
    "export": ("ANacn", "67"),
    "see-documents": ("AKNSackns", "67"),
    "make-documents": ("NScs", "67"),
    "announce": ("Nc", "6"),
    "lead-ceremony": ("Nc", "67"),
    "notify": ("Nc", "7"),
    "see-proposals": ("AN", "1234567"),
    "propose": ("N", "123"),
}
"""permission -> who has it, and in which stages (from 1, preparation, to 7, announced) it is open."""


def written(role, level):
    return {name for name, (who, _when) in GRANTED.items() if (role.upper() if level == "national" else role) in who}


@pytest.mark.parametrize("letter", ROLES)
@pytest.mark.parametrize("level", ["provincial", "national"])
def test_a_role_has_exactly_what_is_written_here(letter, level):
    assert set(ROLE_TABLE.get((ROLES[letter], level), ())) == written(letter, level)


@pytest.mark.parametrize(("number", "stage"), list(enumerate(Stage, start=1)))
def test_a_stage_opens_exactly_what_is_written_here(number, stage):
    assert set(OPEN_IN[stage]) == {name for name, (_who, when) in GRANTED.items() if str(number) in when}


def test_every_permission_is_written_here():
    assert set(GRANTED) == set(Permission)


def test_who_may_do_one_of_several_things_is_whoever_may_do_any():
    wanted = {Permission.SCHEDULE, Permission.RECORD_ATTENDANCE}
    holders = {who for (who, _level), held in ROLE_TABLE.items() if not wanted.isdisjoint(held)}

    assert permissions.held_by(*wanted) == holders
    assert Role.JUROR not in holders


def test_the_moves_of_a_nomination_are_these():
    there = {"draf", "terkirim", "dikembalikan", "terverifikasi", "wawancara", "tidak-lolos"}

    assert {verb: (set(origins), target, needed) for verb, (origins, target, needed) in MOVES.items()} == {
        "submit": ({"draf", "dikembalikan"}, "terkirim", "repair"),
        "return": ({"terkirim"}, "dikembalikan", "verify"),
        "verify": ({"terkirim"}, "terverifikasi", "verify"),
        "shortlist": ({"terverifikasi", "tidak-lolos"}, "wawancara", "shortlist"),
        "pass-over": ({"terverifikasi", "wawancara"}, "tidak-lolos", "shortlist"),
        "withdraw": (there, "mundur", "withdraw"),
        "disqualify": (there, "gugur", "disqualify"),
        "reinstate": ({"gugur", "mundur"}, None, "disqualify"),
    }
    assert {"withdraw", "disqualify"} == LEAVING
    assert {"return", "pass-over", "withdraw", "disqualify", "reinstate"} == REASON_NEEDED
    assert list(NEXT.items()) == list(zip(list(Stage)[:4], list(Stage)[1:5], strict=True))
    assert len(NominationState) == 8


MOVED_IN = {
    "submit": {"draf": "2", "dikembalikan": "23"},
    "return": {"terkirim": "23"},
    "verify": {"terkirim": "23"},
    "shortlist": {"terverifikasi": "3", "tidak-lolos": "3"},
    "pass-over": {"terverifikasi": "3", "wawancara": "3"},
    "reinstate": {"gugur": "2345", "mundur": "2345"},
}
"""verb -> from which state in which stages; leaving is open to everyone still there, in the stages 2 to 5."""


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_is_allowed_in_exactly_these_states_and_stages(verb):
    everywhere = dict.fromkeys(set(NominationState) - {"gugur", "mundur"}, "2345")
    table = MOVED_IN.get(verb, everywhere)
    wanted = {(state, stage) for state, when in table.items() for stage in (list(Stage)[int(n) - 1] for n in when)}

    assert {(state, stage) for state in NominationState for stage in Stage if allows(verb, state, stage)} == wanted


@pytest.fixture
def late(db):
    """A selection whose nomination has closed, with a nomination of its branch that was sent back too late to mend."""
    selection, now = b.selection(Stage.VERIFICATION), timezone.now()
    nomination = b.nomination(selection, b.regency("51.01"), NominationState.RETURNED)
    for stage in (Stage.NOMINATION, Stage.VERIFICATION):
        dates = {"opens_at": now - datetime.timedelta(days=9), "closes_at": now - datetime.timedelta(days=1)}
        StageDate.objects.create(selection=selection, stage=stage, **dates)
    return selection, nomination, b.branch_staff(b.regency("51.01"))


def is_refused(act, *asked, **options) -> bool:
    try:
        act(*asked, **options)
    except PermissionDenied:
        return True
    return False


def test_after_the_deadline_only_who_leaves_it_to_the_verb_is_let_through(late):
    selection, nomination, staff = late
    stranger = b.person()
    in_selection = (permissions.require, Permission.REPAIR, selection)
    on_nomination = (permissions.require_on, Permission.REPAIR, nomination)

    told = {
        (act.__name__, who is staff, even_late): is_refused(act, who, permission, thing, even_late=even_late)
        for act, permission, thing in (in_selection, on_nomination)
        for who in (staff, stranger)
        for even_late in (False, True)
    }

    assert {key for key, refused in told.items() if not refused} == {
        ("require", True, True),
        ("require_on", True, True),
    }
    assert is_refused(permissions.require, staff, Permission.REPAIR, selection)
    assert is_refused(permissions.require_on, staff, Permission.REPAIR, nomination)


def test_the_whole_trail_is_for_administrators_and_for_auditors(late):
    selection, _nomination, staff = late
    readers = [b.administrator(), b.appointed(Role.AUDITOR, selection.edition), staff, b.committee(selection)]

    assert [permissions.may_read_trail(each) for each in readers] == [True, True, False, False]
