// Signing out takes away what is on this device. Marks that were never sent stay, locked until the same person signs in
// again, after the rescue file was offered.

import { rescue } from "./rescue.js";
import { lock, openVault, reader, waiting } from "./vault.js";

async function leave(event) {
  const form = event.target;
  if (form.dataset.leaving === "now") return;
  event.preventDefault();
  const count = await waiting().catch(() => 0);
  if (count > 0 && !form.querySelector("[role=alert]")) return warn(form);
  form.dataset.leaving = "now";
  if (count === 0) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "wipe", value: "1" }));
  await lock(reader()?.person).catch(() => {});
  form.requestSubmit();
}

async function warn(form) {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = form.dataset.leaves;
  const vault = await openVault().catch(() => null);
  if (vault && (await vault.all("entries")).length) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-primary" });
    button.textContent = form.dataset.rescues;
    button.dataset.rescues = "";
    button.addEventListener("click", () => rescue(vault));
    message.append(" ", button);
  }
  form.prepend(message);
}

for (const form of document.querySelectorAll("form[data-leaves]")) form.addEventListener("submit", leave);
