from django.db import migrations, models


def named(apps, editor):
    """Assistants of before, by the address of their account."""
    seats = apps.get_model('scoring', 'Seat').objects.exclude(assistant=None)
    for seat in seats.select_related('assistant'):
        seats.filter(pk=seat.pk).update(assistant_address=seat.assistant.email)
    editor.connection.check_constraints()  # PostgreSQL alters no table with checks still pending


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0017_head_of_the_decree'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='assistant_address',
            field=models.EmailField(blank=True, db_default='', db_index=True, max_length=254, verbose_name='address of the assistant'),
        ),
        migrations.RunPython(named, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('assistant_address', ''), _negated=True), fields=('panel', 'assistant_address'), name='seat_assistant_address_once'),
        ),
        # The column stays for servers of the release before; see docs/adr/0019.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name='seat', name='seat_assistant_once'),
                migrations.RemoveField(model_name='seat', name='assistant'),
            ],
        ),
    ]
