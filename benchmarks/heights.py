"""How high the longest pages are on a laptop of 1366 px: ``python -m benchmarks.heights [--pictures]``.

It asks a running portal with the example data (PARITRANA_URL, PARITRANA_DATA), signs in as who uses each page and lets
Chromium measure the whole document, with what a table that scrolls by itself keeps below its edge. Nothing is pressed
and nothing is written. ``--pictures`` renews ``docs/images/tinggi-*.webp``: the page as it was stays at the left.
"""

import argparse
import io
import os
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from paritrana.setup.testing import machine
from tests.pictures import FOLDER, ROOT, sign_in

URL = os.environ.get("PARITRANA_URL", "http://127.0.0.1:8000")
DESK = {"width": 1366, "height": 768}
HEIGHT = """() => document.documentElement.scrollHeight + [...document.querySelectorAll("main .grid-scroll")].reduce(
    (hidden, box) => hidden + box.scrollHeight - box.clientHeight, 0)"""
RUBRIC = "/penyelenggaraan/2024/kategori/pemerintah-kabupaten-kota"
PAGES = [
    ("lembar-wilayah", "cabang.denpasar", "/cakupan/51.71/2024/"),
    ("kirim", "cabang.denpasar", "/cakupan/kirim/?year=2024&year=2025"),
    ("target", "kantor.pusat", "/target/"),
    ("gelar", "panitia.pusat", f"{RUBRIC}/gelar/"),
    ("rubrik", "panitia.pusat", f"{RUBRIC}/rubrik/"),
    ("penyelenggaraan", "panitia.pusat", "/penyelenggaraan/2024/"),
    ("seleksi", "panitia.bali", "/seleksi/2023-bali/"),
    ("benturan", "panitia.bali", "/seleksi/2023-bali/benturan/"),
    ("jawaban", "cabang.denpasar", "/nominasi/49/jawaban/"),
    ("nominasi", "panitia.bali", "/nominasi/39/"),
]
"""(name of the picture, account, address)"""
GAP = 12
"""Pixels between the two halves of a picture."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", action="store_true")
    pictures = parser.parse_args().pictures
    data = Path(os.environ.get("PARITRANA_DATA") or ROOT / "var")
    password = re.search(r"password: (\S+)", (data / "example-accounts.txt").read_text())[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=["--no-sandbox"])
        for name, account, address in PAGES:
            found, picture = measured(browser, account, password, address)
            print(f"{name:18} {found:>6}")
            if pictures:
                beside_before(picture, FOLDER / f"tinggi-{name}.webp")
        browser.close()


def measured(browser: Browser, account: str, password: str, address: str) -> tuple[int, bytes]:
    page = browser.new_context(base_url=URL, viewport=DESK, locale="id-ID").new_page()
    sign_in(page, f"{account}@paritrana.example", password)
    if page.goto(address).status != 200:
        raise SystemExit(f"{account} may not open {address}")
    page.evaluate("document.fonts.ready")
    found = int(page.evaluate(HEIGHT)), page.screenshot(full_page=True, animations="disabled")
    page.context.close()
    return found


def beside_before(picture: bytes, path: Path) -> None:
    """Put the page as it is now at the right of the page as it was before."""
    both, now = Image.open(path).convert("RGB"), Image.open(io.BytesIO(picture)).convert("RGB")
    width = (both.width - GAP) // 2
    now = now.resize((width, round(now.height * width / now.width)), Image.Resampling.LANCZOS)
    both.paste("white", (width, 0, both.width, both.height))
    both.paste(now, (width + GAP, 0))
    both.save(path, quality=70, method=6)


if __name__ == "__main__":
    main()
