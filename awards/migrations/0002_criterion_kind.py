from django.db import migrations, models


class Migration(migrations.Migration):
    """The kinds of criteria are code: no migration follows them any more. Nothing changes in the database."""

    dependencies = [
        ('awards', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='criterion',
            name='kind',
            field=models.CharField(max_length=12, verbose_name='kind'),
        ),
    ]
