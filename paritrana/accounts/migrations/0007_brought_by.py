import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    """From the trail: whoever opened an account there brought it."""
    User, AuditEvent = apps.get_model("accounts", "User"), apps.get_model("accounts", "AuditEvent")
    opened = AuditEvent.objects.filter(verb="account.open", actor__isnull=False).order_by("sequence")
    for key, actor in opened.values_list("object_id", "actor_id"):
        if key != str(actor):  # an invited person opens the account alone: see scoring 0006
            User.objects.filter(pk=key).update(brought_by=actor)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0006_form_draft"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="brought_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
