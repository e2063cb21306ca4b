import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def once_each(apps, editor):
    """A region stays with the branch it was given to first; what the others had becomes part of the past."""
    area, former = apps.get_model('regions', 'AreaRegion'), apps.get_model('regions', 'FormerArea')
    taken = set()
    for row in area.objects.order_by('pk'):
        if row.region_id in taken:
            former.objects.create(region_id=row.region_id, branch_id=row.branch_id, until=timezone.localdate())
            row.delete()
        taken.add(row.region_id)
    editor.connection.check_constraints()  # PostgreSQL alters no table with checks still pending


class Migration(migrations.Migration):

    dependencies = [
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField()),
            ],
            options={
                'ordering': ['-until', 'region__code'],
            },
        ),
        migrations.AddField(
            model_name='branch',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='branch',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='branch',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='closed on'),
        ),
        migrations.AddField(
            model_name='branch',
            name='key',
            field=models.CharField(editable=False, max_length=80, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='branch',
            name='note',
            field=models.CharField(blank=True, db_default='', max_length=300, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='branch',
            name='source',
            field=models.CharField(blank=True, db_default='', max_length=500, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='region',
            name='regional_office_set_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='region',
            name='regional_office_since',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='region',
            name='regional_office_source',
            field=models.CharField(blank=True, db_default='', max_length=500),
        ),
        migrations.AddField(
            model_name='regionaloffice',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='regionaloffice',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='regionaloffice',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='closed on'),
        ),
        migrations.AddField(
            model_name='regionaloffice',
            name='key',
            field=models.CharField(editable=False, max_length=80, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name='regionaloffice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by', None), ('closed_on', None)), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='regionaloffice_closed_signed'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by', None), ('closed_on', None)), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='branch_closed_signed'),
        ),
        migrations.AddField(
            model_name='formerarea',
            name='branch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_areas', to='regions.branch'),
        ),
        migrations.AddField(
            model_name='formerarea',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='formerarea',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_areas', to='regions.region'),
        ),
        migrations.AddField(
            model_name='formerarea',
            name='regional_office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_areas', to='regions.regionaloffice'),
        ),
        migrations.AddConstraint(
            model_name='formerarea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('branch__isnull', False), ('regional_office', None)), models.Q(('branch', None), ('regional_office__isnull', False)), _connector='OR'), name='formerarea_of_one_office'),
        ),
        migrations.AddConstraint(
            model_name='formerarea',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('since__lte', models.F('until')), _connector='OR'), name='formerarea_in_order'),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='AreaRegion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='area_rows', to='regions.branch')),
                        ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='area_rows', to='regions.region')),
                    ],
                    options={
                        'db_table': 'regions_branch_working_area',
                        'ordering': ['region__code'],
                        'unique_together': {('branch', 'region')},
                    },
                ),
                migrations.AlterField(
                    model_name='branch',
                    name='working_area',
                    field=models.ManyToManyField(related_name='branches', through='regions.AreaRegion', to='regions.region'),
                ),
            ],
        ),
        migrations.RunPython(once_each, migrations.RunPython.noop),
        migrations.AddField(
            model_name='arearegion',
            name='since',
            field=models.DateField(null=True, verbose_name='since'),
        ),
        migrations.AddField(
            model_name='arearegion',
            name='basis',
            field=models.CharField(choices=[('attested', 'attested'), ('assumed', 'assumed')], db_default='assumed', default='assumed', max_length=10),
        ),
        migrations.AddField(
            model_name='arearegion',
            name='source',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='arearegion',
            name='placed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='arearegion',
            constraint=models.UniqueConstraint(fields=('region',), name='one_branch_a_region'),
        ),
    ]
