from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0018_called_and_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='zoneprovince',
            name='source',
            field=models.CharField(blank=True, db_default='', max_length=500),
        ),
    ]
