// The form of a nomination: kept while it is typed, and a chosen file is attached at once.

import { autosave } from "./autosave.js";

const form = document.querySelector("[data-answers]");

function showFaults(kept) {
  const bad = new Set([...kept.querySelectorAll("[data-fault]")].map((item) => item.dataset.fault));
  for (const box of form.querySelectorAll("[name]")) {
    if (bad.has(box.name)) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  }
}

function answered(kept, isSaved) {
  if (isSaved) form.elements.version.value = kept.querySelector("[data-version]").dataset.version;
  showFaults(kept);
}

if (form) {
  autosave(form, { kept: form.querySelector("[data-kept]"), told: form.querySelector("[data-said]"), answered });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    const name = event.target.name.replace("file-", "attach-");
    form.requestSubmit(form.querySelector(`button[value="${name}"]`));
  });
}
