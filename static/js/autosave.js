// Keep a form on the server while it is typed. Kept or not is told truthfully: only the server's own answer counts.

const PAUSE = 1200;

export function autosave(form, { kept, told, answered }) {
  let timer = null;
  let changed = false;
  let underway = false;
  let leaving = false;
  let pressed = null;

  const body = () => {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
    return sent;
  };

  async function send() {
    const response = await fetch(form.dataset.keep, { method: "POST", body: body() });
    const isOurs = new URL(response.url).pathname === new URL(form.dataset.keep, location.href).pathname;
    if (!isOurs || ![200, 409].includes(response.status)) throw new Error(response.status);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    kept.replaceChildren(...fresh.body.childNodes);
    answered(kept, response.status === 200);
  }

  async function keep() {
    if (underway || !changed) return;
    clearTimeout(timer);
    changed = false;
    underway = true;
    told.textContent = form.dataset.saidKeeping;
    let failed = false;
    try {
      await send();
    } catch {
      failed = changed = true;
    }
    underway = false;
    told.textContent = changed ? form.dataset.saidUnsaved : "";
    if (pressed) form.requestSubmit(pressed);
    else if (changed) timer = setTimeout(keep, failed ? 8 * PAUSE : PAUSE);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    told.textContent = form.dataset.saidUnsaved;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  // A button pressed while something is on its way waits for it: the form then carries the version that made.
  form.addEventListener("submit", (event) => {
    if (underway) {
      event.preventDefault();
      pressed = event.submitter;
      return;
    }
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (changed || underway)) event.preventDefault();
  });
}
