"""The pictures of the README and docs/tour.md, from a running portal: ``python -m tests.pictures [NAME ...]``.

The portal is found by PARITRANA_URL, its accounts' password in PARITRANA_DATA (``var/`` otherwise).
"""

import io
import os
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from paritrana.setup.testing import machine

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
URL = os.environ.get("PARITRANA_URL", "http://127.0.0.1:8000")
LAPTOP, DESK, TALL, PHONE = (
    {"width": 1366, "height": 768},
    {"width": 1280, "height": 800},
    {"width": 1280, "height": 1040},
    {"width": 390, "height": 844},
)
PICTURES = [
    ("peringkat", "panitia.pusat", "/seleksi/2024-nasional/peringkat/terbaik-coverage/", TALL),
    ("cakupan", "cabang.denpasar", "/cakupan/", DESK),
    ("lembar", "cabang.denpasar", "/cakupan/lembar/", LAPTOP),
    ("lembar-ponsel", "cabang.denpasar", "/cakupan/lembar/", PHONE),
    ("peta", "kantor.pusat", "/peta/", TALL),
    ("ruang-ketua", "ketua.bali", "/seleksi/2023-bali/ruang-ketua/", DESK),
    ("juri", "juri7.bali", "/penilaian/", PHONE),
    ("publik", "", "/", PHONE),
    ("peta-pemenang", "", "/hasil/peta/", TALL),
    ("penerima", "", "/penerima/51.04/kabupaten-gianyar/", DESK),
]
"""(file, account or nobody, address, size of the window)."""
COLOURS = 128
LARGEST = 150_000
"""Bytes of one file."""


def main() -> None:
    data = Path(os.environ.get("PARITRANA_DATA") or ROOT / "var")
    password = re.search(r"password: (\S+)", (data / "example-accounts.txt").read_text())[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=["--no-sandbox"])
        for name, account, address, size in PICTURES:
            if sys.argv[1:] and name not in sys.argv[1:]:
                continue
            page = browser.new_context(base_url=URL, viewport=size, locale="id-ID").new_page()
            if account:
                sign_in(page, f"{account}@paritrana.example", password)
            if page.goto(address).status != 200:
                raise SystemExit(f"{account} may not open {address}")
            page.evaluate("document.fonts.ready")
            print(name, keep(page.screenshot(animations="disabled"), FOLDER / f"{name}.png"), "bytes")
        browser.close()


def sign_in(page, email: str, password: str) -> None:
    page.goto("/akun/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/akun/" not in url)


def keep(picture: bytes, path: Path) -> int:
    """Few colours are enough for a page of text, and a quarter of the size."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{path.name} has {size} bytes, more than {LARGEST}")
    return size


if __name__ == "__main__":
    main()
