"""``manage.py draw_icons FOLDER NAME...``: add icons of an unpacked Tabler package to ``static/icons.svg``."""

import re
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)".*?</symbol>')
_SHAPE = re.compile(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>")
_FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


class Command(BaseCommand):
    help = "Add outline icons from an unpacked @tabler/icons package to the sprite."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("names", nargs="+")

    def handle(self, *, folder: Path, names: list[str], **options: object) -> None:
        sprite = Path(settings.BASE_DIR) / "static" / "icons.svg"
        drawn = {found[1]: found[0] for found in _SYMBOL.finditer(sprite.read_text())} if sprite.exists() else {}
        for name in names:
            source = folder / "icons" / "outline" / f"{name}.svg"
            if not source.is_file():
                raise CommandError(f"no such icon: {name}")
            shapes = "".join(shape for shape in _SHAPE.findall(source.read_text()) if shape != _FRAME)
            drawn[name] = f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'
        lines = "\n".join(drawn[name] for name in sorted(drawn))
        sprite.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{lines}\n</svg>\n')
        self.stdout.write(f"{len(drawn)} icons")
