// What is typed goes to the server as a draft at once; saved or not is told truthfully: only the server's answer counts.

const PAUSE = 800;

export class Draft {
  constructor(form, words, answered) {
    Object.assign(this, { form, words, answered });
    this.kept = form.querySelector("[data-kept]");
    this.said = form.querySelector("[data-said]");
    this.versions = new Map(form.elements.versions.value.trim().split(/\s+/).map((pair) => pair.split(":")));
    this.waiting = new Set();
    form.addEventListener("submit", () => {
      this.isLeaving = true;
      clearTimeout(this.timer);
    });
    addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && (this.waiting.size || this.isUnderway)) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden && !this.isLeaving && this.keep());
  }

  touch(boxes) {
    for (const box of boxes) this.waiting.add(box.name.slice(box.name.indexOf("-") + 1));
    this.tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  tell() {
    this.said.textContent = this.isUnderway ? this.words.of("saving") : this.waiting.size ? this.words.of("unsaved") : "";
  }

  body(keys) {
    const sent = new URLSearchParams({ csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    sent.set("versions", keys.filter((key) => this.versions.has(key)).map((key) => `${key}:${this.versions.get(key)}`).join(" "));
    for (const key of keys) {
      for (const name of [`workers-${key}`, `participants-${key}`]) {
        if (this.form.elements[name]) sent.set(name, this.form.elements[name].value);
      }
    }
    return sent;
  }

  async keep() {
    if (this.isUnderway || this.waiting.size === 0) return;
    const keys = [...this.waiting];
    this.waiting.clear();
    this.isUnderway = true;
    this.tell();
    let isKept = false;
    try {
      isKept = await this.send(keys);
    } catch {
      isKept = false;
    }
    this.isUnderway = false;
    if (!isKept) keys.forEach((key) => this.waiting.add(key));
    this.tell();
    if (this.waiting.size) this.timer = setTimeout(() => this.keep(), isKept ? PAUSE : 10 * PAUSE);
  }

  // Closing the window does not stop what is under way.
  async send(keys) {
    const response = await fetch(this.form.dataset.keep, { method: "POST", body: this.body(keys), keepalive: true });
    const isOurs = new URL(response.url).pathname === new URL(this.form.dataset.keep, location.href).pathname;
    if (!isOurs || response.status !== 200) return false;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    this.kept.replaceChildren(...fresh.body.childNodes);
    this.answered(this.kept);
    return true;
  }
}
