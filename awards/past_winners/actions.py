"""Settling by hand what a published list left open."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from awards.models import PastAward
from awards.names import name_key
from paritrana.accounts import trail
from paritrana.accounts.models import User


@transaction.atomic
def settle(award: PastAward, given: Mapping[str, Any], *, version: int, reason: str, by: User) -> None:
    """Write what a person found out; every question is answered by it.

    Where it is the same award as another, that one takes over its sources and stands for both. Raises ValidationError
    ``conflict`` when the award is no longer at ``version``, or the other was found to be one more.
    """
    rows = PastAward.objects.filter(pk=award.pk, version=version)
    if same := given.get("same_as"):
        _hand_over(award, same)
    settled = {**given, "name_key": name_key(given["name"]), "questions": []}
    before = {name: getattr(award, name) for name in settled}
    if not rows.update(version=F("version") + 1, **settled):
        raise ValidationError(_("Somebody settled this meanwhile. Look at it again."), code="conflict")
    award.refresh_from_db()
    changed = [name for name in settled if before[name] != settled[name] and name != "name_key"]
    trail.record(
        by,
        "history.settle",
        award,
        reason=reason,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(settled[name]) for name in changed},
    )


def _hand_over(award: PastAward, same: PastAward) -> None:
    present = PastAward.objects.current().select_for_update().filter(pk=same.pk).order_by().first()
    if present is None or PastAward.objects.filter(same_as=award).exists():
        raise ValidationError(_("Somebody settled this meanwhile. Look at it again."), code="conflict")
    new = [source for source in award.sources if source not in present.sources]
    rows = PastAward.objects.filter(pk=present.pk)
    rows.update(sources=[*present.sources, *new], version=F("version") + 1)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value
