"""Takes a selection of the world to its stage by the real verbs."""

from awards.models import Selection
from awards.stages import Stage
from paritrana.accounts.models import User
from scoring.sealing import announcing
from scoring.standings import store
from tests.scoring.plenary import plenary


def finish(chosen: Selection, committee: User, chair: User) -> None:
    """Seal and announce by the real verbs what the world wants sealed or announced."""
    wanted = Stage(chosen.stage)
    if wanted in {Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED}:
        Selection.objects.filter(pk=chosen.pk).update(stage=Stage.PLENARY)
        chosen.refresh_from_db()
        store.refresh(chosen)
    if wanted in {Stage.SEALED, Stage.ANNOUNCED}:
        plenary.seal(chosen, committee, chair)
    if wanted == Stage.ANNOUNCED:
        announcing.announce(chosen, by=committee)
    chosen.refresh_from_db()
