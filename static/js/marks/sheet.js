// One sheet: every box is stored a moment after its last key; the total, the levels and required comments follow.

const PAUSE = 300;
const PATIENCE = 4000;

// The strict grammar of the server: at most two decimals, comma or point; anything else counts as not yet typed.
export function hundredths(text) {
  const match = /^(0|[1-9]\d{0,2})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  const value = match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : null;
  return value !== null && value <= 10000 ? value : null;
}

function shown(value) {
  const places = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(document.documentElement.lang, places).format(value / 100);
}

const beyond = (value, { commentBelow, commentAbove }) =>
  value !== null &&
  ((commentBelow !== undefined && value < Number(commentBelow)) || (commentAbove !== undefined && value > Number(commentAbove)));

function follow(form) {
  let sum = 0;
  for (const box of form.querySelectorAll("[data-weight]")) {
    const value = hundredths(box.value);
    sum += (value ?? 0) * Number(box.dataset.weight);
    const criterion = box.closest(".criterion");
    for (const level of criterion.querySelectorAll(".levels li")) {
      const { least, most } = level.dataset;
      level.toggleAttribute("data-here", value !== null && value >= least * 100 && value < (Number(most) + 1) * 100);
    }
    if (beyond(value, form.dataset)) criterion.querySelector("details").open = true;
  }
  document.querySelector("[data-running]").textContent = shown(Math.floor((sum + 5000) / 10000));
}

// What the server refused is also shown at its box, until the value changes.
function showRefusal(box, message) {
  const field = box.closest(".field");
  const shownBefore = field.querySelector("[data-refusal]");
  if (!shownBefore && !message) return;
  shownBefore?.remove();
  field.classList.toggle("has-error", Boolean(message));
  if (!message) return box.removeAttribute("aria-invalid");
  box.setAttribute("aria-invalid", "true");
  const line = Object.assign(document.createElement("p"), { className: "field-error", textContent: message });
  line.dataset.refusal = box.name;
  (field.querySelector(".score-text") ?? field).append(line);
}

export class Sheet {
  #timers = new Map();
  #bases;

  constructor(form, { queue, courier, state }) {
    Object.assign(this, { form, queue, courier, state });
    this.panel = form.dataset.panel;
    this.nomination = Number(form.dataset.nomination);
    this.boxes = new Map([...form.querySelectorAll("[data-box]")].map((box) => [box.name, box]));
    this.#bases = new Map([...this.boxes.keys()].map((name) => [name, Number(form.dataset.version)]));
    form.addEventListener("input", (event) => this.#typed(event.target));
    form.addEventListener("change", (event) => this.#timers.has(event.target.name) && this.#keep(event.target.name));
    form.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    window.addEventListener("pagehide", () => this.flush());
    courier.addEventListener("answered", ({ detail }) => this.#answered(detail));
    courier.addEventListener("settled", () => this.#showRefusals());
    follow(form);
    // Text typed before this module started was not noticed yet.
    for (const box of this.boxes.values()) if (box.value !== box.defaultValue) this.#typed(box);
  }

  // Values still on this device are what the person last typed here.
  async recover() {
    for (const entry of await this.queue.of(this.panel, this.nomination)) {
      const box = this.boxes.get(entry.box);
      if (!box || this.#timers.has(entry.box)) continue;
      box.value = entry.value;
      this.#bases.set(entry.box, entry.base);
      if (box.matches("textarea") && entry.value) box.closest("details")?.setAttribute("open", "");
    }
    follow(this.form);
  }

  #typed(box) {
    if (!this.boxes.has(box.name)) return;
    follow(this.form);
    this.state.unsaved();
    clearTimeout(this.#timers.get(box.name));
    this.#timers.set(box.name, setTimeout(() => this.#keep(box.name), PAUSE));
  }

  async #keep(name) {
    clearTimeout(this.#timers.get(name));
    const { panel, nomination } = this;
    const timer = this.#timers.get(name);
    await this.queue.put({ panel, nomination, box: name, value: this.boxes.get(name).value, base: this.#bases.get(name) });
    if (this.#timers.get(name) === timer) this.#timers.delete(name); // else another key came while it was being stored
    await this.state.show();
    await this.courier.send();
  }

  async #showRefusals() {
    const entries = await this.queue.of(this.panel, this.nomination);
    const refused = new Map(entries.filter(({ answer }) => answer?.outcome === "refused").map((entry) => [entry.box, entry.answer.words]));
    for (const [name, box] of this.boxes) showRefusal(box, refused.get(name));
  }

  get isTyping() {
    return this.#timers.size > 0;
  }

  async flush() {
    await Promise.all([...this.#timers.keys()].map((name) => this.#keep(name)));
  }

  // What the server holds now is shown, except in a box that is being typed in or still waits.
  async #answered({ panel, outcomes, entries, sheets }) {
    const held = panel === this.panel && sheets[this.nomination];
    if (!held) return;
    const mine = entries.filter((entry) => entry.nomination === this.nomination);
    const written = new Set(
      mine.filter((one) => outcomes.some((answer) => answer.sequence === one.sequence && ["written", "same"].includes(answer.outcome))).map((one) => one.box),
    );
    const waiting = new Set((await this.queue.of(this.panel, this.nomination)).map((entry) => entry.box));
    for (const [name, value] of Object.entries(held.values)) {
      const box = this.boxes.get(name);
      if (!box || waiting.has(name) || this.#timers.has(name)) continue;
      if (document.activeElement !== box) {
        box.value = value;
        this.#bases.set(name, held.version);
      } else if (written.has(name)) this.#bases.set(name, held.version);
    }
    if (this.form.elements.version) this.form.elements.version.value = held.version;
    follow(this.form);
  }

  // Between two values: the own one is sent again over the version that was seen, or the other one is shown.
  async choose(entry, takesMine) {
    await this.queue.choose(entry, takesMine);
    const { answer } = entry;
    const box = this.isAbout(entry) && this.boxes.get(entry.box);
    if (box && !takesMine) {
      box.value = answer.theirs;
      this.#bases.set(entry.box, answer.version);
      follow(this.form);
    }
    await this.courier.send();
    await this.state.show();
  }

  isAbout(entry) {
    return entry.panel === this.panel && entry.nomination === this.nomination;
  }

  async #submit(event) {
    if (!this.queue.vault.lasts) return; // the form goes as without JavaScript, with the version last seen
    event.preventDefault();
    if (this.form.hasAttribute("aria-busy")) return;
    this.form.setAttribute("aria-busy", "true");
    try {
      await this.#leave(event.submitter?.value ?? "stay");
    } finally {
      this.form.removeAttribute("aria-busy");
    }
  }

  // Handing in waits as long as the server takes, since it is about what the server holds; going on does not.
  async #leave(then) {
    const sent = this.flush().then(() => this.courier.send());
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await (then === "hand-in" ? sent : Promise.race([sent, patience]));
    const left = await this.queue.of(this.panel, this.nomination);
    await this.state.show();
    if (left.some(({ answer }) => answer) || (then === "hand-in" && left.length)) this.state.device.scrollIntoView();
    else if (then === "next") location.assign(this.form.dataset.next);
    else if (then === "hand-in") location.assign(this.form.dataset.handIn);
  }
}
