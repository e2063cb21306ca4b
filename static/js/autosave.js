// Save a form on the server while it is typed. The status says saved only after the server's own answer.

const PAUSE = 1200;

export function autosave(form, { reply, status, answered }) {
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
    const response = await fetch(form.dataset.saveUrl, { method: "POST", body: body() });
    const isOurs = new URL(response.url).pathname === new URL(form.dataset.saveUrl, location.href).pathname;
    if (!isOurs || ![200, 409].includes(response.status)) throw new Error(response.status);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    reply.replaceChildren(...fresh.body.childNodes);
    answered(reply, response.status === 200);
  }

  async function keep() {
    if (underway || !changed) return;
    clearTimeout(timer);
    changed = false;
    underway = true;
    status.textContent = form.dataset.textKeeping;
    let failed = false;
    try {
      await send();
    } catch {
      failed = changed = true;
    }
    underway = false;
    status.textContent = changed ? form.dataset.textUnsaved : "";
    if (pressed) form.requestSubmit(pressed);
    else if (changed) timer = setTimeout(keep, failed ? 8 * PAUSE : PAUSE);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    status.textContent = form.dataset.textUnsaved;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  // A button pressed while something is on its way waits for it: the form then has the version that was saved.
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
