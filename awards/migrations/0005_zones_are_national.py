from django.db import migrations, models


def as_it_was(apps, editor):
    """What a province has ranked already stays grouped as it was, so that its seal is computed again alike."""
    ranked = apps.get_model('awards', 'Selection').objects.filter(level='provincial')
    ranked.filter(stage__in=['pleno', 'ditetapkan', 'diumumkan']).update(groups_by_zone=True)


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0004_what_categories_take'),
    ]

    operations = [
        migrations.AddField(
            model_name='selection',
            name='groups_by_zone',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(as_it_was, migrations.RunPython.noop),
    ]
