import re

from django.db import migrations

BARE = re.compile(r'\b(of|by|from|to|for|with) (?=\{authority\})', re.IGNORECASE)


def with_article(apps, editor):
    """Saved English texts say "of the {authority}": what is filled in has no article of its own any more.

    Letters hold their English beside the Indonesian, which has none of these words.
    """
    texts = apps.get_model('scoring', 'DocumentText').objects.all()
    for text in texts:
        parts = {name: BARE.sub(r'\1 the ', words) for name, words in text.parts.items()}
        if parts != text.parts:
            texts.filter(pk=text.pk).update(parts=parts)


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0018_assistant_address'),
    ]

    operations = [
        migrations.RunPython(with_article, migrations.RunPython.noop),
    ]
