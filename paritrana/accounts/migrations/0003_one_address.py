from django.db import migrations


def forget_addresses_of_the_library(apps, schema_editor):
    """Sign-in looks at the account's own address alone: rows of the sign-in library would let somebody in by another."""
    apps.get_model("account", "EmailConfirmation").objects.all().delete()
    apps.get_model("account", "EmailAddress").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_address_changes"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(forget_addresses_of_the_library, migrations.RunPython.noop)]
