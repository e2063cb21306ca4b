"""Pictures are decoded and written anew: only what is seen is stored, without place, device or hidden data."""

from pathlib import Path

from PIL import Image, ImageOps

from paritrana.uploads.limits import MOST_PIXELS, DocumentRefused

_MODES = {"jpeg": {"L": "L"}, "png": {"L": "L", "1": "1", "LA": "RGBA", "PA": "RGBA", "RGBA": "RGBA", "P": "RGBA"}}


def rewrite(path: Path, kind: str, clean: Path) -> None:
    """Write the picture (``jpeg`` or ``png``) anew to ``clean``, upright. DocumentRefused ``pixels``."""
    with Image.open(path, formats=[kind.upper()]) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise DocumentRefused("pixels")
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    seen = upright.convert(_MODES[kind].get(upright.mode, "RGB"))
    # A new image: a copy would carry comments and profiles along.
    fresh = Image.new(seen.mode, seen.size)
    fresh.paste(seen)
    options = {"quality": 90} if kind == "jpeg" else {}
    fresh.save(clean, format=kind.upper(), **options)
