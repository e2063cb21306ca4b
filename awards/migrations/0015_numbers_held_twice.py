from django.db import migrations, models


class Migration(migrations.Migration):
    """A number held elsewhere is taken like a free one; whoever sees both candidates settles it."""

    dependencies = [
        ('awards', '0014_names_by_trigram'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='candidate', name='one_candidate_an_npp'),
        migrations.AddIndex(model_name='candidate', index=models.Index(fields=['npp'], name='candidate_npp')),
    ]
