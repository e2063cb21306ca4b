from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0019_zone_sources'),
    ]

    operations = [
        migrations.AlterField(
            model_name='englishtext',
            name='english',
            field=models.CharField(max_length=600),
        ),
        migrations.AlterField(
            model_name='englishtext',
            name='indonesian',
            field=models.CharField(max_length=600),
        ),
    ]
