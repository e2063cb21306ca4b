from django.db import DatabaseError, migrations, transaction

CREATE = (
    'CREATE EXTENSION IF NOT EXISTS pg_trgm',
    'CREATE INDEX IF NOT EXISTS candidate_name_trigram ON awards_candidate USING gin (name_key gin_trgm_ops)',
)


def by_trigram(apps, editor):
    """PostgreSQL alone; where the extension may not be made, names are searched as before, only slower."""
    if editor.connection.vendor != 'postgresql':
        return
    try:
        with transaction.atomic(using=editor.connection.alias), editor.connection.cursor() as cursor:
            for statement in CREATE:
                cursor.execute(statement)
    except DatabaseError:
        return


def without(apps, editor):
    if editor.connection.vendor == 'postgresql':
        editor.execute('DROP INDEX IF EXISTS candidate_name_trigram')


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0013_indexes_by_plan'),
    ]

    operations = [
        migrations.RunPython(by_trigram, without),
    ]
