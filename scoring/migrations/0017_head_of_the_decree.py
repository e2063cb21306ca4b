from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0016_regional_laws")]

    operations = [
        migrations.AddField(
            model_name="letterhead",
            name="decree_institution",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="who issues the decree"),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="decree_emblem",
            field=models.BinaryField(blank=True, null=True),
        ),
    ]
