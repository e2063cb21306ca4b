"""How high the longest pages are on a laptop of 1366 px: ``python -m benchmarks.heights [--pictures FOLDER]``.

It asks a running portal with the example data (PARITRANA_URL, PARITRANA_DATA), signs in as who uses each page and lets
Chromium measure the whole document, with what a table that scrolls by itself keeps below its edge. Nothing is pressed
and nothing is written.
"""

import argparse
import os
import re
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from paritrana.setup.testing import machine
from tests.pictures import ROOT, sign_in

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path)
    folder = parser.parse_args().pictures
    data = Path(os.environ.get("PARITRANA_DATA") or ROOT / "var")
    password = re.search(r"password: (\S+)", (data / "example-accounts.txt").read_text())[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=["--no-sandbox"])
        for name, account, address in PAGES:
            print(f"{name:18} {height(browser, name, account, password, address, folder):>6}")
        browser.close()


def height(browser: Browser, name: str, account: str, password: str, address: str, folder: Path | None) -> int:
    page = browser.new_context(base_url=URL, viewport=DESK, locale="id-ID").new_page()
    sign_in(page, f"{account}@paritrana.example", password)
    if page.goto(address).status != 200:
        raise SystemExit(f"{account} may not open {address}")
    page.evaluate("document.fonts.ready")
    found = int(page.evaluate(HEIGHT))
    if folder:
        page.screenshot(path=folder / f"{name}.png", full_page=True, animations="disabled")
    page.context.close()
    return found


if __name__ == "__main__":
    main()
