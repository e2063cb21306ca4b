import json

from django.db import migrations, models


def bare(output):
    """One title of a sealed document with its winners alone, as ``bare_winners`` of the code writes it."""
    nothing = {"scores": {}, "evidence": {}, "reasons": [], "decided_by": {}}
    rewarded = output["places"] + output["harapan"]
    lines = [one for one in output["lines"] if one.get("honour") or one["place"] and one["place"] <= rewarded]
    title = output | {"criteria": [], "lines": [{"honour": ""} | one | nothing for one in lines]}
    return {"title": title, "competing": len(output["lines"])}


def fill(apps, schema_editor):
    Seal = apps.get_model("scoring", "Seal")
    for key in list(Seal.objects.filter(winners__isnull=True).order_by("pk").values_list("pk", flat=True)):
        document = json.loads(Seal.objects.values_list("payload", flat=True).get(pk=key))
        Seal.objects.filter(pk=key).update(winners=[bare(output) for output in document.get("outputs", [])])


class Migration(migrations.Migration):

    dependencies = [
        ("scoring", "0003_seal_without_its_document"),
    ]

    operations = [
        migrations.AddField(
            model_name="seal",
            name="winners",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
