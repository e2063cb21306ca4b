"""The rules of a panel's scoring, fixed before the first mark."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.edit_conflicts import EditConflict
from scoring.models import Panel, ScoreSheet
from scoring.models.panels import overridable_by_default
from scoring.permissions import hold

SPREAD_LIMIT: int = Panel._meta.get_field("spread_limit").default


@transaction.atomic
def set_rules(
    selection: Selection,
    *,
    visibility: str,
    comment_below: int | None,
    comment_above: int | None,
    version: int,
    by: User,
    spread_limit: int = SPREAD_LIMIT,
    disclosure: str = Panel.Disclosure.LETTERS,
    overridable: list[str] | None = None,
    early_result: bool = False,
) -> Panel:
    """Set what members see when, and which marks (hundredths) need a comment. Raises EditConflict.

    ``spread_limit``: larger differences between marks of one criterion (hundredths) are flagged. ``disclosure``: how
    exports name the jurors. ``overridable``: checks that two people may override. ValidationError ``already-scoring``
    once a sheet is begun.
    """
    hold(selection, Permission.MANAGE_PANEL, by)
    panel, is_new = Panel.objects.get_or_create(selection=selection)
    if ScoreSheet.objects.filter(seat__panel=panel).exists():
        raise ValidationError(_("The rules stay as they are once scoring has begun."), code="already-scoring")
    after: dict[str, Any] = {"visibility": visibility, "comment_below": comment_below, "comment_above": comment_above}
    passed_over = overridable_by_default() if overridable is None else overridable
    after |= {"spread_limit": spread_limit, "disclosure": disclosure, "overridable": passed_over}
    after |= {"early_result": early_result}
    before = {name: getattr(panel, name) for name in after}
    known = Panel.objects.filter(pk=panel.pk, version=panel.version if is_new else version)
    if not known.update(**after, version=F("version") + 1):
        raise EditConflict(panel)
    panel.refresh_from_db()
    trail.record(by, "panel.rules", panel, before=before, after=after)
    return panel
