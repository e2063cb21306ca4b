"""What the first administrator does after ``start --empty``: accounts, postings, roles, an edition, its selections."""

from django.core.management import call_command
from django.urls import reverse

from awards.models import Criterion, Edition, Selection
from paritrana.accounts.models import User
from scoring.conflicts import actions as conflict_actions
from scoring.sheets import actions as sheet_actions
from tests import builders
from tests.journeys.bali import confirm


def first_administrator():
    """An empty installation: what ships with the product, and one account."""
    call_command("load_reference", verbosity=0)
    return builders.administrator()


def account(page, name):
    """Open an account; the letter with its link is written, and the journey signs the person in without it."""
    page.goto(reverse("person-create"))
    page.fill("input[name=email]", f"{name.lower().replace(' ', '.')}@paritrana.example")
    page.fill("input[name=name]", f"{name} (contoh)")
    confirm(page)
    return User.objects.get(name=f"{name} (contoh)")


def post(page, user, place, office=""):
    """A posting at a branch or a regional office, chosen by its name in the list."""
    page.goto(reverse("posting-create", args=[user.pk]))
    choose(page, "office", {"branch": "Cabang ", "regional": "Kanwil ", "head": "Kantor pusat"}[place] + office)
    confirm(page)
    assert user.postings.count() == 1, page.inner_text("main")


def staff(page, name, place, office=""):
    user = account(page, name)
    post(page, user, place, office)
    return user


def appoint(page, user, role, name):
    """``name`` is a part of the label of the selection or edition."""
    page.goto(reverse("appointment-create", args=[user.pk]))
    field = "select[name=appointment]"
    page.select_option(
        field, page.locator(f"{field} option[value^={role}]", has_text=name).first.get_attribute("value")
    )
    confirm(page)
    assert user.appointments.count() == 1, page.inner_text("main")


def choose(page, field, words):
    option = page.locator(f"select[name={field}] option", has_text=words).first
    page.select_option(f"select[name={field}]", value=option.get_attribute("value"))


def edition(page, shipped, label=""):
    """One of the shipped editions, under another label where one is given."""
    page.goto(reverse("edition-create"))
    page.select_option("select[name=source]", f"shipped:{shipped}")
    with page.expect_navigation():
        page.locator("form[method=get] button[type=submit]").first.click()
    if label:
        page.fill("input[name=label]", label)
    confirm(page)


def newest():
    return Edition.objects.order_by("-pk").first()


def open_selections(page, of, codes, categories):
    """By the national committee; ``categories`` are slugs, ``codes`` of provinces or ``nasional``."""
    page.goto(reverse("selections-open", args=[of.slug]))
    for category in of.categories.filter(selection=None):
        page.set_checked(f"input[name=categories][value='{category.pk}']", category.slug in categories)
    for code in codes:
        page.check(f"input[name=pick][value='{code}']")
    confirm(page)
    confirm(page)  # the review page
    return list(Selection.objects.filter(edition=of).order_by("pk"))


def windows(sign_in, people, screens=None):
    """A function from a name to that person's page, signed in once; ``screens`` are the options of some windows."""
    opened = {}

    def window(name):
        if name not in opened:
            opened[name] = sign_in(people[name], service_workers="block", **(screens or {}).get(name, {}))
        return opened[name]

    return window


def judge(seat, values):
    """By verb: declare no conflict, and hand in each sheet with one value, in hundredths, for all that is marked."""
    conflict_actions.declare(seat, reasons={}, by=seat.user)
    for nomination, value in values.items():
        asked = Criterion.objects.filter(aspect__rubric__category=nomination.category, kind="mark")
        marks = dict.fromkeys(asked.select_related("aspect__rubric"), value)
        sheet = sheet_actions.save_marks(seat, nomination, marks, version=0, by=seat.user)
        sheet_actions.hand_in(sheet, version=sheet.version, by=seat.user)
