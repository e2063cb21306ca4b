"""What an empty installation still needs, as a checklist on the administrator's home; it ends when all is done."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Appointment, Edition, Role, Selection
from awards.models.selections import Level
from awards.permissions import granted
from awards.stages import Permission
from paritrana.accounts.models import User
from paritrana.todo import Task
from regions.models import Branch, Posting, Region


def checklist(user: User) -> list[Task]:
    """Empty for everybody else, once every step is done, and where the example shows how it looks."""
    if not user.is_superuser or Edition.objects.filter(is_example=True).exists():
        return []
    edition = Edition.objects.order_by("-period_end").first()
    steps = [_people(user), _offices(), _edition(edition), _calendar(user, edition), _provinces(user, edition)]
    return [] if all(step.done for step in steps) else steps


def _people(user: User) -> Task:
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    held = others.filter(postings__ended_at=None, postings__isnull=False)
    held |= others.filter(pk__in=Appointment.objects.current().values("user"))
    return Task(
        title=_("Give people their accounts"),
        url=reverse("people"),
        hint=_("Whoever has an account still needs a posting at an office, or a role in an edition."),
        done=held.exists(),
    )


def _offices() -> Task:
    missing = Region.objects.regencies().filter(area_rows=None).count()
    hint = ngettext(
        "Post somebody at a branch that has its working area. %(count)d kabupaten/kota has no branch yet.",
        "Post somebody at a branch that has its working area. %(count)d kabupaten/kota have no branch yet.",
        missing,
    )
    staffed = Posting.objects.current().filter(branch__in=Branch.objects.filter(area_rows__isnull=False))
    return Task(
        title=_("Check the offices and their working areas"),
        url=reverse("offices"),
        hint=hint % {"count": missing},
        done=staffed.exists(),
    )


def _edition(edition: Edition | None) -> Task:
    return Task(
        title=_("Found an edition"),
        url=edition.get_absolute_url() if edition else reverse("editions"),
        hint=_("Its period, categories, rubrics and zones; begin with one of those shipped."),
        done=edition is not None and edition.categories.exists(),
    )


def _calendar(user: User, edition: Edition | None) -> Task:
    nation = Selection.objects.filter(edition=edition, level=Level.NATIONAL).first() if edition else None
    url = _opening(user, edition)
    if nation is not None:
        may_plan = Permission.SET_CALENDAR in granted(user, nation)
        url = reverse("calendar", args=[nation.slug]) if may_plan else nation.get_absolute_url()
    return Task(
        title=_("Open the national selection and set its calendar"),
        url=url,
        hint=_("The national committee does both. Every deadline of the nation follows from it."),
        done=nation is not None and nation.dates.exists(),
    )


def _provinces(user: User, edition: Edition | None) -> Task:
    opened = Selection.objects.filter(edition=edition, level=Level.PROVINCIAL) if edition else Selection.objects.none()
    led = Appointment.objects.current().filter(role=Role.PROVINCIAL_COMMITTEE, selection__in=opened)
    number, without = opened.count(), opened.exclude(pk__in=led.values("selection")).count()
    counts = {"opened": number, "without": without}
    return Task(
        title=_("Open the selections of the provinces"),
        url=_opening(user, edition),
        hint=_("%(opened)s opened, %(without)s of them without a committee.") % counts,
        done=bool(number) and not without,
    )


def _opening(user: User, edition: Edition | None) -> str:
    """Where selections are opened by this person; else where that is prepared."""
    if edition is None:
        return reverse("editions")
    if Edition.objects.opened_by(user).filter(pk=edition.pk).exists():
        return reverse("selections-open", args=[edition.slug])
    return reverse("people")
