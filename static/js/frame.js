// What every page does on its own: menus, shortcut, focus, tips, tables. All of it is comfort; nothing needs it.
import "./drafts.js";
import "./drops.js";
import "./marks/leaving.js";
import "./marks/lock.js";
import "./mended.js";
import "./theme.js";
import "./tips.js";
import { enhanceTables } from "./tables.js";

function enhance(root) {
  enhanceTables(root);
  root.querySelector("[data-takes-focus]")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  const box = document.querySelector("[data-shortcut='k']");
  if (!box || box.offsetParent === null) return;
  event.preventDefault();
  box.focus();
  box.select();
});

document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
enhance(document);
