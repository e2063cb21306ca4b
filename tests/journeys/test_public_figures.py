"""The figures of the public pages, as a browser's own audit counts them: accessibility, weight, no script needed."""

from pathlib import Path

import pytest

from scoring.documents.urls import CHECKING
from scoring.public.addresses import address
from scoring.public.urls import PAGES
from tests import builders
from tests.scoring.documents import documents
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(" ")}`))"""
LIGHTEST, HEAVIEST = 10_000, 60_000
"""Bytes of a page and its style sheets; the letters come once for all pages, and pictures are not counted."""
PICTURES = frozenset({"image", "font"})


@pytest.fixture
def addresses():
    bali = make.at_province("51", "Bali")
    make.announced(bali, make.ranking(*(make.line(f"PT Perusahaan Nomor {number} Tbk", 1) for number in range(9))))
    builders.past_award(bali.province, "Pemenang Lama")
    (paper,) = documents.kept(bali.seal, 1, builders.person())
    arguments = {
        "public-result": [bali.slug],
        "public-recipient": ["51.01", "pt-perusahaan-nomor-1"],
        "check-code": [paper.code],
    }
    pages = [one.name for one in (*PAGES, *CHECKING) if str(one.pattern).endswith("/")]
    return [
        address(name, *arguments.get(name, ()), language=language)
        for language in ("id", "en")
        for name in ("home", *pages)
    ]


@pytest.mark.complete
def test_every_public_page_scores_a_hundred(addresses, visitor):
    """No fault axe finds, less than 60 kB without pictures, and the same words without a script."""
    page, plain = visitor(), visitor(java_script_enabled=False)
    page.context.add_init_script(path=AXE)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})  # every page is somebody's first
    wrong, responses = {}, []
    page.on("response", lambda response: responses.append(response))
    for path in addresses:
        responses.clear()
        assert page.goto(path).status == 200
        page.wait_for_load_state("networkidle")
        faults = page.evaluate(FAULTS)
        heavy = sum(len(each.body()) for each in responses if each.ok and each.request.resource_type not in PICTURES)
        plain.goto(path)
        is_same = plain.inner_text("main") == page.inner_text("main")
        if faults or not LIGHTEST < heavy < HEAVIEST or not is_same:
            wrong[path] = (faults, heavy, is_same)

    assert wrong == {}
