"""Where somebody is signed in: listed by the sign-in library, ended here."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from paritrana.accounts import trail
from paritrana.accounts.models import User

MOST_SHOWN = 50


def others_of(user: User, current: str) -> QuerySet[UserSession]:
    """Those that still open the portal, newest first, without the session that asks."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user_id=user.pk, session_key__in=alive).exclude(session_key=current)
    return rows.order_by("-created_at", "-pk")


@transaction.atomic
def end(user: User, current: str, which: int | None = None) -> int:
    """End one, or all of them but the current one; how many. ValidationError ``gone`` when there was none."""
    rows = others_of(user, current)
    keys = list(rows.filter(**({} if which is None else {"pk": which})).values_list("session_key", flat=True))
    if not keys:
        raise ValidationError(_("That session has ended already."), code="gone")
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    trail.record(user, "account.end-sessions", user, count=len(keys))
    return len(keys)
