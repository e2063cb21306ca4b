"""Acts at random by people at random: the result goes the way this model knows, and no other."""

import random
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards.models import Role
from awards.selections.actions import open_next_stage
from awards.stages import Stage
from paritrana.accounts.models import User
from scoring.models import Seal, SealRequest
from scoring.sealing import actions, announcing, invariants, requests
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = [pytest.mark.django_db, pytest.mark.complete]

STEPS, WALKS = 100, 20
ROLES = {
    "committee": Role.PROVINCIAL_COMMITTEE,
    "colleague": Role.PROVINCIAL_COMMITTEE,
    "chair": Role.CHAIR,
    "secretary": Role.SECRETARY,
    "juror": Role.JUROR,
}
ASK, SECOND = {"committee", "colleague"}, {"committee", "colleague", "chair", "secretary"}
FROM = {
    "seal": {Stage.PLENARY},
    "announce": {Stage.SEALED},
    "reopen": {Stage.SEALED, Stage.ANNOUNCED},
}
TO = {"seal": Stage.SEALED, "announce": Stage.ANNOUNCED, "reopen": Stage.PLENARY}


@dataclass
class Model:
    """What may happen, written apart from the tables of the portal."""

    stage: str = Stage.PLENARY
    asked: tuple[str, str] | None = None
    seals: int = 0
    done: list[str] = field(default_factory=list)

    def takes(self, verb: str, who: str) -> bool:
        if verb == "next":
            return False
        if verb == "second":
            return self.asked is not None and who in SECOND and who != self.asked[1]
        if verb == "withdraw":
            return self.asked is not None and who in ASK
        return self.asked is None and who in ASK and self.stage in FROM[verb]

    def follow(self, verb: str, who: str) -> None:
        if verb == "second" and self.asked:
            kind = self.asked[0]
            self.stage, self.asked, self.seals = TO[kind], None, self.seals + (kind == "seal")
            self.done.append(kind)
        else:
            self.asked = None if verb == "withdraw" else (verb, who)


def act(verb: str, selection, by: User) -> None:
    selection.refresh_from_db()
    if verb == "next":
        open_next_stage(selection, by=by)
    elif verb == "seal":
        plenary.asked(selection, by)
    elif verb == "announce":
        announcing.ask_announcing(selection, by=by)
    elif verb == "reopen":
        actions.ask_reopening(selection, reason="Salah hitung", by=by)
    else:
        request = requests.latest_request(selection)
        if request is None:
            raise ValidationError("nobody has asked", code="moved-on")
        (actions.second if verb == "second" else requests.withdraw)(request, by=by)


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_result_goes_the_ways_that_are_written_here_and_no_other(seed):
    chance, model, made = random.Random(seed), Model(), plenary.plenary()
    people = {name: builders.appointed(role, made.selection) for name, role in ROLES.items()}

    for step in range(STEPS):
        verb = chance.choice(["seal", "announce", "reopen", "withdraw", "next", "second", "second"])
        who = chance.choice(list(people))
        try:
            act(verb, made.selection, people[who])
            was_taken = True
        except (ValidationError, PermissionDenied):
            was_taken = False
        assert was_taken == model.takes(verb, who), (seed, step, verb, who, model)
        if was_taken:
            model.follow(verb, who)
        made.selection.refresh_from_db()
        assert (made.selection.stage, Seal.objects.count()) == (model.stage, model.seals), (seed, step, verb, who)

    assert SealRequest.objects.filter(outcome="").count() == (model.asked is not None)
    assert list(invariants.broken(made.selection)) == []
    assert model.done
