// Forms with free text or many boxes are kept on the server while they are typed, and given back when the window was
// closed. Saved or not is told truthfully: only the server's answer counts.

const PAUSE = 1200;
const MANY = 5;
const OWN = "[data-keep], [data-sheet]";
const STATE = new Set(["csrfmiddlewaretoken", "form_draft"]);
const frame = document.querySelector("[data-drafts]");

const boxesOf = (form) =>
  [...form.elements].filter((box) => box.name && !STATE.has(box.name) && !["file", "password", "submit", "button", "fieldset"].includes(box.type));
const shown = (form) => boxesOf(form).filter((box) => box.type !== "hidden");

// By its attribute: a box may be called "method" itself.
function deservesDraft(form) {
  if (form.getAttribute("method")?.toLowerCase() !== "post" || form.matches(OWN) || form.querySelector("[type=password]")) return false;
  return form.querySelector("textarea") !== null || new Set(shown(form).map((box) => box.name)).size > MANY;
}

function read(boxes) {
  const found = {};
  for (const box of boxes) {
    if (["checkbox", "radio"].includes(box.type) && !box.checked) continue;
    const values = box.type === "select-multiple" ? [...box.selectedOptions].map((option) => option.value) : [box.value];
    found[box.name] = [...(found[box.name] ?? []), ...values];
  }
  return found;
}

function write(form, content) {
  const left = new Map(Object.entries(content).map(([name, values]) => [name, [...values]]));
  for (const box of shown(form)) {
    const values = left.get(box.name) ?? [];
    if (["checkbox", "radio"].includes(box.type)) box.checked = values.includes(box.value);
    else if (box.type === "select-multiple") for (const option of box.options) option.selected = values.includes(option.value);
    else if (values.length) box.value = values.shift();
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const part = (html) => new DOMParser().parseFromString(html, "text/html").body.firstElementChild;

class FormDraft {
  constructor(form, number) {
    this.form = form;
    this.address = `${location.pathname}${location.search}#${number}`.slice(0, 400);
    this.start = read(shown(form));
    this.hidden = read(boxesOf(form).filter((box) => box.type === "hidden"));
    this.sent = this.start;
    this.state = document.createElement("div");
    form.append(this.state);
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.touched());
    form.addEventListener("submit", () => this.leave());
    addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && !same(read(shown(form)), this.sent)) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
    if (!document.querySelector("[data-errors]")) this.restore();
  }

  touched() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  leave() {
    this.isLeaving = true;
    clearTimeout(this.timer);
    this.form.elements.form_draft?.remove();
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "form_draft", value: this.address });
    this.form.append(field);
  }

  async ask(body) {
    const address = body ? frame.dataset.drafts : `${frame.dataset.drafts}?${new URLSearchParams({ address: this.address })}`;
    const response = await fetch(address, body ? { method: "POST", body, keepalive: true } : {});
    if (!response.ok || response.redirected) throw new Error(response.status);
    return response.json();
  }

  async keep() {
    const typed = read(shown(this.form));
    if (this.isLeaving || this.isUnderway || same(typed, this.sent)) return;
    clearTimeout(this.timer);
    this.isUnderway = true;
    const content = same(typed, this.start) ? {} : { ...typed, ...this.hidden };
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await this.ask(new URLSearchParams({ csrfmiddlewaretoken: token, address: this.address, content: JSON.stringify(content) }));
      this.sent = typed;
      this.state.replaceChildren(...(answer.notice ? [part(answer.notice)] : []));
    } catch {
      this.state.textContent = frame.dataset.unsaved;
    }
    this.isUnderway = false;
    if (!same(read(shown(this.form)), this.sent)) this.touched();
  }

  async restore() {
    const answer = await this.ask().catch(() => ({}));
    if (!answer.content || !same(read(shown(this.form)), this.start)) return;
    write(this.form, answer.content);
    const typed = read(shown(this.form));
    if (same(typed, this.start)) return;
    this.sent = typed;
    const notice = part(answer.notice);
    const hasMoved = Object.entries(this.hidden).some(([name, values]) => !same(answer.content[name], values));
    notice.querySelector("[data-form-moved]").hidden = !hasMoved;
    notice.querySelector("[data-form-discard]").addEventListener("click", () => this.discard(notice));
    this.form.prepend(notice);
    this.form.dispatchEvent(new Event("draft-restored", { bubbles: true }));
  }

  discard(notice) {
    write(this.form, this.start);
    notice.remove();
    this.keep();
  }
}

if (frame) [...document.forms].filter(deservesDraft).forEach((form, number) => new FormDraft(form, number));
