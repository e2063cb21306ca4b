// Signing out deletes what this device keeps of the marks, and says so first when something was never sent.

import { recall } from "../memory.js";
import { destroy, waiting } from "./vault.js";

const person = recall("judge", null);

async function leave(event) {
  const form = event.target;
  if (form.dataset.leaving === "now") return;
  event.preventDefault();
  const told = form.querySelector("[role=alert]");
  if (!told && (await waiting(person)) > 0) {
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = form.dataset.leaves;
    form.prepend(words);
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
