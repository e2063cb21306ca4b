// Column choice, density, bulk count and arrow keys for every [data-grid]; choices are stored in this browser.
import { recall, remember } from "./memory.js";

function cellsOf(table, column) {
  return [...table.rows].map((row) => row.cells[column]).filter((cell) => cell && cell.colSpan === 1);
}

function columnBox(grid, table, head, column, hidden) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input" });
  box.checked = !hidden.has(column);
  const show = () => cellsOf(table, column).forEach((cell) => cell.classList.toggle("is-hidden", !box.checked));
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(column);
    else hidden.add(column);
    remember(`columns:${grid.dataset.grid}`, [...hidden]);
    show();
  });
  show();
  label.append(box, head.dataset.name ?? head.innerText.trim());
  return label;
}

function offerColumns(grid, table) {
  const choice = grid.querySelector("[data-columns]");
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!choice || heads.length < 4 || table.tHead.rows.length > 1) return;
  const hidden = new Set(recall(`columns:${grid.dataset.grid}`, []));
  const firstRow = [...(table.tBodies[0]?.rows[0]?.cells ?? [])];
  const mayHide = (head, column) => head.innerText.trim() && firstRow[column]?.matches("td:not(.pick, .row-actions)");
  const boxes = heads.map((head, column) => mayHide(head, column) && columnBox(grid, table, head, column, hidden)).filter(Boolean);
  choice.querySelector("[data-columns-list]").replaceChildren(...boxes);
  choice.hidden = false;
}

// On a phone the routine cells of a row wait behind a button; rows once opened stay so when the table is fetched anew.
const opened = new Set();

function offerFolds(grid, table) {
  for (const row of table.querySelectorAll("tr:has(> [data-fold])")) {
    const key = `${grid.dataset.grid} ${row.dataset.nomination ?? row.dataset.code ?? row.rowIndex}`;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-link" });
    const show = () => {
      row.classList.toggle("is-folded", !opened.has(key));
      button.setAttribute("aria-expanded", opened.has(key));
      button.textContent = opened.has(key) ? grid.dataset.textLess : grid.dataset.textMore;
    };
    button.addEventListener("click", () => {
      if (!opened.delete(key)) opened.add(key);
      show();
    });
    const cell = row.insertCell();
    cell.className = "fold";
    cell.append(button);
    show();
  }
}

function offerDensity(grid) {
  const button = grid.querySelector("[data-density]");
  if (!button) return;
  const dense = (on) => {
    grid.classList.toggle("is-dense", on);
    button.setAttribute("aria-pressed", on);
  };
  dense(recall("dense", false));
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    remember("dense", on);
    dense(on);
  });
}

function countPicked(form, bar) {
  const picks = [...form.querySelectorAll("input[name='pick']")];
  const all = form.querySelector("[data-pick-all]");
  const shown = bar.querySelector("[data-bulk-count]");
  const count = () => {
    const picked = picks.filter((pick) => pick.checked).length;
    shown.textContent = picked;
    bar.hidden = picked === 0;
    if (all) all.checked = picked === picks.length;
  };
  shown.hidden = false;
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => picks.forEach((pick) => (pick.checked = all.checked)));
  }
  form.addEventListener("change", count);
  count();
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const cell = event.target.closest("td, th");
  if (!step || !cell || event.target.matches("select, textarea, input[type='number'], input[type='radio']")) return;
  const rows = [...cell.closest("table").rows];
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const goal = rows[at].cells[cell.cellIndex]?.querySelector("a, button, input, .explained");
    if (!goal) continue;
    event.preventDefault();
    goal.focus();
    goal.select?.();
    return;
  }
}

export function enhanceTables(root) {
  for (const grid of root.querySelectorAll("[data-grid]")) {
    const table = grid.querySelector("table");
    if (!table || grid.dataset.ready) continue;
    grid.dataset.ready = "yes";
    offerColumns(grid, table);
    offerDensity(grid);
    offerFolds(grid, table);
    table.addEventListener("keydown", walk);
  }
  for (const bar of root.querySelectorAll("[data-bulk]")) {
    const form = bar.closest("form");
    if (form) countPicked(form, bar);
  }
}
