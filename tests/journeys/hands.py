"""A person without a mouse: everything by keys, and at every stop the focus can be seen."""

SEEN = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return "nothing";
    const box = one.getBoundingClientRect();
    const near = [one, one.parentElement, one.nextElementSibling].filter(Boolean);
    const rings = near.map((each) => getComputedStyle(each));
    const ring = rings.some((style) =>
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
    const name = `${one.tagName} ${one.id || one.name || one.textContent.trim().slice(0, 40)}`;
    if (!ring) return `no ring: ${name}`;
    return box.width && box.height ? "" : `not on the page: ${name}`;
}"""
AT = "(selector) => document.activeElement?.matches(selector) ?? false"
MOST = 150
"""Stops of one page, whatever it shows."""


class Hands:
    def __init__(self, page):
        self.page, self.faults = page, []

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, selector):
        """Press Tab until the focus is there; every stop on the way must be seen, except the document itself."""
        for _stop in range(MOST):
            if self.page.evaluate(AT, selector):
                return
            self.press("Tab")
            fault = self.page.evaluate(SEEN)
            if fault and fault != "nothing":
                self.faults.append(f"{self.page.url}: {fault}")
        raise AssertionError(f"no key leads to {selector} on {self.page.url}")

    def write(self, selector, words):
        self.reach(selector)
        self.page.keyboard.type(words)

    def check(self, selector):
        self.reach(selector)
        self.press("Space")

    def follow(self, selector, key="Enter"):
        """Reach a link or a button, press it, and wait for the page behind it."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press(key)

    def sign_in(self, address, email, password):
        self.page.goto(address)
        self.write("input[name=login]", email)
        self.write("input[name=password]", password)
        with self.page.expect_navigation():
            self.press("Enter")
