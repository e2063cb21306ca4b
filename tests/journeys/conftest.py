"""A real browser in front of a real server, and LibreOffice to open what the portal exports."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from paritrana.setup.testing import machine

# Playwright's synchronous interface keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Besides the sandbox, which root cannot have: nothing that would look for a network.
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
# What Chromium does in every new window beside the page: suggestions under an address bar nobody sees, and a process
# kept ready for a page that never comes. Without them a window takes a fifth of the processor's time.
UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI", "SpareRendererForSitePerProcess"]
# Of two such lists Chromium takes the last, so Playwright's own is repeated.
USUAL = ["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"]
USUAL += ["HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"]
USUAL += ["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"]
SWITCHES.append(f"--disable-features={','.join([*UNSEEN, *USUAL, 'PreconnectToSearch'])}")
ASSETS = {"script", "stylesheet", "image", "font"}
LONGEST = ["test_axe.py", "test_bali.py", "test_nominating.py", "test_workbook.py", "test_offline.py", "test_shapes.py"]
"""They begin first, so that neither of two workers waits at the end for the other."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def browser():
    path = machine.chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, live_server):
    """Make a window of its own for one person, as in ``visitor(color_scheme="dark")``; its complaints fail the test."""
    contexts, complaints = [], []

    def open_window(**options):
        whole = {"base_url": live_server.url, "locale": "id-ID", "viewport": {"width": 1280, "height": 900}} | options
        contexts.append(browser.new_context(**whole))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: complaints.extend(console_errors(message)))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("response", lambda response: complaints.extend(bad_answers(response)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visitor):
    return visitor()


def console_errors(message) -> list[str]:
    # An answer of 4xx is told here too; whether it is wrong, ``bad_answers`` decides.
    if message.type != "error" or message.text.startswith("Failed to load resource"):
        return []
    return [f"console: {message.text}"]


def bad_answers(response) -> list[str]:
    missing = response.status >= 400 and response.request.resource_type in ASSETS
    return [f"{response.status} {response.url}"] if missing or response.status >= 500 else []


@pytest.fixture
def sign_in(visitor, live_server):
    """Open an empty window of somebody signed in: ``page = sign_in(user)``.

    The form of signing in is walked through in ``test_keyboard`` and ``test_offline``.
    """

    def signed_in(user, **options):
        client = Client()
        client.force_login(user)
        cookie, page = client.cookies[settings.SESSION_COOKIE_NAME], visitor(**options)
        kept = {"name": cookie.key, "value": cookie.value, "url": live_server.url, "httpOnly": True}
        page.context.add_cookies([kept])
        return page

    return signed_in


@pytest.fixture(scope="session")
def photograph():
    """Save a full-page picture under PARITRANA_PHOTOS, for whoever wants to look: ``photograph(page, "name")``."""
    folder = os.environ.get("PARITRANA_PHOTOS")

    def take(page, name):
        if folder:
            page.screenshot(path=Path(folder, f"{name}.png"), full_page=True, animations="disabled")

    return take


@pytest.fixture
def recalculated(tmp_path):
    """Let LibreOffice open a workbook, recalculate and save it: ``path = recalculated(path)``."""

    def convert(workbook):
        target = tmp_path / "recalculated"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        convert = ["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target]
        command = [machine.libreoffice(), profile, *convert, workbook]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, stdin=subprocess.DEVNULL)
        result = target / Path(workbook).with_suffix(".xlsx").name
        assert result.is_file(), done.stdout + done.stderr
        return result

    return convert
