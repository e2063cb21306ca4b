import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('queue', '0001_work_beside_requests'),
    ]

    operations = [
        migrations.CreateModel(
            name='UploadTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(unique=True)),
                ('whose', models.CharField(max_length=40)),
                ('nth', models.PositiveSmallIntegerField()),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('whose', 'nth'), name='uploadturn_few_of_one')],
            },
        ),
    ]
