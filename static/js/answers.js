// The form of a nomination: saved while it is typed, and a chosen file is attached at once.

import { autosave } from "./autosave.js";

const form = document.querySelector("[data-answers]");

function showFaults(reply) {
  const bad = new Set([...reply.querySelectorAll("[data-fault]")].map((item) => item.dataset.fault));
  for (const box of form.querySelectorAll("[name]")) {
    if (bad.has(box.name)) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  }
}

function answered(reply, isSaved) {
  if (isSaved) form.elements.version.value = reply.querySelector("[data-version]").dataset.version;
  showFaults(reply);
}

// On a phone the aspects wait folded, but for the first that is not complete and those with something to mend.
function foldAspects() {
  const [, ...later] = form.querySelectorAll("[data-aspect][open]");
  for (const aspect of later) aspect.open = aspect.querySelector("[aria-invalid], [data-obstacle], [data-remark]") !== null;
}

// A link to a question opens the aspect it is folded into, and goes there once it has its height.
function reveal() {
  const goal = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const aspect = goal && goal.closest("[data-aspect]");
  if (!aspect) return;
  aspect.open = true;
  goal.scrollIntoView();
}

if (form) {
  if (matchMedia("(max-width: 47.99rem)").matches) foldAspects();
  addEventListener("hashchange", reveal);
  reveal();
  autosave(form, { reply: form.querySelector("[data-reply]"), status: form.querySelector("[data-status]"), answered });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    const name = event.target.name.replace("file-", "attach-");
    form.requestSubmit(form.querySelector(`button[value="${name}"]`));
  });
}
