"""Every act of two people x how the second one came by account and role: the matrix of pairs."""

import ast

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards import two_people
from awards.models import Appointment, Role
from awards.selections import taking_back
from awards.stages import Stage
from paritrana.accounts.models import User
from scoring.documents import addenda
from scoring.panel import seat_changes
from scoring.sealing import actions, announcing
from tests import builders
from tests.once import taken_back
from tests.scoring.bench import bench
from tests.scoring.documents import documents
from tests.scoring.panel import panels
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def member(selection, granted_by=None, **fields):
    """One more member of the committee; ``granted_by`` is who gave the role."""
    user = builders.person(**fields)
    terms = {"role": Role.PROVINCIAL_COMMITTEE, "edition": selection.edition, "selection": selection}
    Appointment.objects.create(user=user, granted_by=granted_by, **terms)
    return user


def himself(selection, asker):
    return asker


def opened_by_the_asker(selection, asker):
    return member(selection, brought_by=asker)


def opened_by_somebody_the_asker_opened(selection, asker):
    return member(selection, brought_by=builders.person(brought_by=asker))


def opened_the_asker(selection, asker):
    bringer = member(selection)
    User.objects.filter(pk=asker.pk).update(brought_by=bringer)
    return bringer


def opened_by_the_same_person(selection, asker):
    other = builders.person()
    User.objects.filter(pk=asker.pk).update(brought_by=other)
    return member(selection, brought_by=other)


def opened_by_the_same_administrator(selection, asker):
    admin = builders.administrator()
    User.objects.filter(pk=asker.pk).update(brought_by=admin)
    return member(selection, brought_by=admin)


def appointed_by_the_asker(selection, asker):
    return member(selection, granted_by=asker)


def appointed_and_appointed_anew_by_another(selection, asker):
    """The asker's appointment has ended: the role held today is from somebody else."""
    user = member(selection, granted_by=asker)
    Appointment.objects.filter(user=user).update(ended_at=timezone.now())
    terms = {"role": Role.PROVINCIAL_COMMITTEE, "edition": selection.edition, "selection": selection}
    return Appointment.objects.create(user=user, granted_by=builders.person(), **terms).user


def a_stranger(selection, asker):
    return member(selection)


PAIRS = {
    himself: "same-person",
    opened_by_the_asker: "one-line",
    opened_by_somebody_the_asker_opened: "one-line",
    opened_the_asker: "one-line",
    opened_by_the_same_person: "one-line",
    opened_by_the_same_administrator: "",
    appointed_by_the_asker: "given-by-asker",
    appointed_and_appointed_anew_by_another: "",
    a_stranger: "",
}


def a_new_seat():
    made = bench()
    asker = member(made.selection)
    return made.selection, asker, panels.asked(made.selection, by=asker), seat_changes.second


def a_substitute():
    made = bench()
    asker = member(made.selection)
    return made.selection, asker, panels.asked_to_substitute(made.seat(), by=asker), seat_changes.second


def the_end_of_a_seat():
    made = bench()
    asker = member(made.selection)
    return made.selection, asker, seat_changes.ask_end(made.seat(), by=asker), seat_changes.second


def a_seal():
    made = plenary.plenary()
    asker = member(made.selection)
    return made.selection, asker, plenary.asked(made.selection, asker), actions.second


def sealed():
    made = plenary.plenary()
    plenary.seal(made.selection, member(made.selection), made.seats[0].user)
    made.selection.refresh_from_db()
    return made.selection, member(made.selection)


def reopening():
    selection, asker = sealed()
    return selection, asker, actions.ask_reopening(selection, reason="Salah", by=asker), actions.second


def announcing_it():
    selection, asker = sealed()
    return selection, asker, announcing.ask_announcing(selection, by=asker), actions.second


def taking_a_stage_back():
    selection = builders.selection(Stage.VERIFICATION)
    asker = member(selection)
    asked = taking_back.ask(selection, reason="Salah tekan", seen=selection.stage, by=asker)
    return selection, asker, asked, taking_back.second


def an_addendum():
    made, by = documents.sealed()
    documents.minutes(made, by)
    asker = member(made.selection)
    texts = {"paper": "minutes", "written": "Ruang Salah", "instead": "Ruang Benar", "reason": "Salah ketik"}
    return made.selection, asker, addenda.ask_addendum(made.selection, **texts, by=asker), addenda.second_addendum


ACTS = {
    a_new_seat: "scoring/panel/seat_changes.py second",
    a_substitute: "scoring/panel/seat_changes.py second",
    the_end_of_a_seat: "scoring/panel/seat_changes.py second",
    a_seal: "scoring/sealing/actions.py _second",
    reopening: "scoring/sealing/actions.py _second",
    announcing_it: "scoring/sealing/actions.py _second",
    taking_a_stage_back: "awards/selections/taking_back.py second",
    an_addendum: "scoring/documents/addenda.py second_addendum",
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_only_who_does_not_depend_on_the_asker_seconds(act):
    selection, asker, asked, second = act()
    codes = {}
    for come in PAIRS:
        with taken_back():
            by = come(selection, asker)
            try:
                second(type(asked).objects.get(pk=asked.pk), by=User.objects.get(pk=by.pk))
                codes[come] = ""
            except ValidationError as error:
                codes[come] = error.code

    assert codes == PAIRS


def asks_for_two(node) -> bool:
    return any(
        isinstance(each, ast.Call) and ast.unparse(each.func).endswith(("require_two", "requests.require_second"))
        for each in ast.walk(node)
    )


def test_no_other_act_takes_two_people():
    """Accounts have rules of their own for two administrators; ``seal_jobs`` looks before it queues the act itself."""
    found = set()
    for app in ("awards", "regions", "scoring"):
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            tree = ast.parse(path.read_text())
            for node in (each for each in tree.body if isinstance(each, ast.FunctionDef) and asks_for_two(each)):
                found.add(f"{path.relative_to(settings.BASE_DIR)} {node.name}")

    assert found == set(ACTS.values()) | {"scoring/sealing/seal_jobs.py begin"}


def test_every_refusal_has_words_and_a_pair():
    assert {code for code in PAIRS.values() if code} == set(two_people.REFUSALS)
