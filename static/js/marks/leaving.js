// Signing out deletes the marks stored on this device; unsent ones need a confirmation first.

import { recall } from "../memory.js";
import { destroy, waiting } from "./vault.js";

const person = recall("judge", null);

async function leave(event) {
  const form = event.target;
  if (form.dataset.leaving === "now") return;
  event.preventDefault();
  const warning = form.querySelector("[role=alert]");
  if (!warning && (await waiting(person)) > 0) {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = form.dataset.leaves;
    form.prepend(message);
    return;
  }
  form.dataset.leaving = "now";
  await destroy(person).catch(() => {});
  localStorage.removeItem("paritrana:judge");
  form.requestSubmit();
}

if (person !== null) {
  for (const form of document.querySelectorAll("form[data-leaves]")) form.addEventListener("submit", leave);
}
