import json

from django.db import migrations


def pin(apps, schema_editor):
    """A sealed selection stays with the rubrics its document names, also where another selection had locked them."""
    Contest, Rubric = apps.get_model("awards", "Contest"), apps.get_model("awards", "Rubric")
    Seal = apps.get_model("scoring", "Seal")
    sealed = Contest.objects.filter(rubric=None, selection__seal__isnull=False)
    for selection in set(sealed.order_by().values_list("selection", flat=True)):
        seal = Seal.objects.get(current_of=selection)
        document = json.loads(seal.payload)
        competing = {row["category"] for row in document.get("inputs", {}).get("nominations", [])}
        for rules in document.get("rules", {}).get("categories", []):
            if rules["slug"] not in competing:
                continue
            contest = sealed.filter(selection=selection, category__slug=rules["slug"]).first()
            if contest is None:
                continue
            judged_by = Rubric.objects.filter(category=contest.category_id, version=rules["rubric_version"])
            judged_by.filter(locked_at=None).update(locked_at=seal.sealed_at, locked_by=seal.seconded_by_id)
            Contest.objects.filter(pk=contest.pk).update(rubric=judged_by.first())


class Migration(migrations.Migration):
    """Data alone: the rubric of a sealed contest is filled in from the sealed document."""

    dependencies = [
        ("scoring", "0001_initial"),
        ("awards", "0002_criterion_kind"),
    ]

    operations = [migrations.RunPython(pin, migrations.RunPython.noop)]
