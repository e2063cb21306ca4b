"""A real browser in front of a real server, and LibreOffice to open what the portal exports."""

import os
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright

from paritrana.testing import machine

# Playwright's synchronous interface keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Besides the sandbox, which root cannot have: nothing that would look for a network.
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
ASSETS = {"script", "stylesheet", "image", "font"}


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
def sign_in(visitor):
    """Open a window and sign in through the form: ``page = sign_in("email", "password")``."""

    def signed_in(email, password, **options):
        page = visitor(**options)
        page.goto(reverse("account_login"))
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: reverse("account_login") not in url)
        return page

    return signed_in


@pytest.fixture(scope="session")
def photograph(tmp_path_factory):
    """Save a full-page picture under PARITRANA_PHOTOS (a temporary folder otherwise): ``photograph(page, "name")``."""
    folder = Path(os.environ.get("PARITRANA_PHOTOS") or tmp_path_factory.mktemp("photos"))
    folder.mkdir(parents=True, exist_ok=True)

    def take(page, name):
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=True, animations="disabled")
        return path

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
