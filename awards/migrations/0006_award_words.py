import django.db.models.deletion
from django.db import migrations, models


def compare_names_anew(apps, schema_editor):
    """Names are compared with their legal form and in every script now."""
    from awards.names import name_key

    for name in ("Candidate", "PastAward"):
        model = apps.get_model("awards", name)
        for pk, text, key in model.objects.values_list("pk", "name", "name_key").iterator():
            if name_key(text) != key:
                model.objects.filter(pk=pk).update(name_key=name_key(text))


class Migration(migrations.Migration):
    """Winners keep the words of their province and region, and may be found to be another one of the list."""

    dependencies = [
        ('awards', '0005_zones_are_national'),
    ]

    operations = [
        migrations.AddField(
            model_name='pastaward',
            name='province_words',
            field=models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='province as published'),
        ),
        migrations.AddField(
            model_name='pastaward',
            name='region_words',
            field=models.CharField(blank=True, db_default='', default='', max_length=160, verbose_name='region as published'),
        ),
        migrations.AddField(
            model_name='pastaward',
            name='same_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.pastaward', verbose_name='the same award as'),
        ),
        migrations.RunPython(compare_names_anew, migrations.RunPython.noop),
    ]
