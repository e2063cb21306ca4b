// The grid of coverage: movement by keys, pasting, percentages while typing, and a draft kept on the server.
// The server reads every box again and decides; what is shown here only follows.

import { count, percent, points, share } from "./figures.js";
import { cells, fill } from "./paste.js";

const PAUSE = 800;
const form = document.querySelector("[data-grid]");
const lines = [...form.querySelectorAll("[data-line]")];
const kept = form.querySelector("[data-kept]");
const told = form.querySelector("[data-said]");
const versions = new Map(form.elements.versions.value.trim().split(/\s+/).map((pair) => pair.split(":")));
const waiting = new Set();
let timer = null;
let underway = false;
let leaving = false;

const boxOf = (cell) => cell.querySelector("input");
const textOf = (cell) => boxOf(cell)?.value ?? cell.querySelector("[data-fixed]").dataset.fixed;
// The four places of a line: workers and participants of either year; the columns between them are computed.
const places = (line) => [0, 1, 3, 4].map((at) => line.cells[at + 1]);
const boxes = () => lines.map((line) => places(line).map(boxOf));
const keyOf = (box) => box.name.slice(box.name.indexOf("-") + 1);

function compute(line) {
  const [before, now] = [0, 2].map((at) => {
    const [workers, participants] = places(line).slice(at, at + 2).map(textOf).map(count);
    return share(participants, workers);
  });
  const shown = line.querySelectorAll("[data-share]");
  shown[0].textContent = percent(before);
  shown[1].textContent = percent(now);
  const comparable = before !== null && now !== null && !("apart" in line.dataset);
  line.querySelector("[data-growth]").textContent = points(comparable ? now - before : null);
}

function mark(box) {
  box.toggleAttribute("data-changed", box.value.trim() !== box.dataset.keptValue);
}

function touched(list) {
  list.forEach(mark);
  new Set(list.map((box) => box.closest("[data-line]"))).forEach(compute);
  list.forEach((box) => waiting.add(keyOf(box)));
  told.textContent = form.dataset.saidUnsaved;
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
}

function body(keys) {
  const sent = { versions: keys.filter((key) => versions.has(key)).map((key) => `${key}:${versions.get(key)}`).join(" ") };
  for (const key of keys) {
    for (const name of [`workers-${key}`, `participants-${key}`]) {
      if (form.elements[name]) sent[name] = form.elements[name].value;
    }
  }
  return sent;
}

// Kept or not is told truthfully: only the server's own answer counts, and what failed is tried again with the next.
async function keep() {
  if (underway || waiting.size === 0) return;
  const keys = [...waiting];
  waiting.clear();
  underway = true;
  told.textContent = form.dataset.saidKeeping;
  let answered = false;
  const listen = (event) => {
    const { xhr, requestConfig } = event.detail;
    answered = xhr.status === 200 && new URL(xhr.responseURL, location.href).pathname === requestConfig.path.split("?")[0];
    event.detail.shouldSwap = answered;
  };
  kept.addEventListener("htmx:beforeSwap", listen);
  try {
    await htmx.ajax("POST", form.dataset.keep, { target: kept, values: body(keys) });
  } catch {
    answered = false;
  }
  kept.removeEventListener("htmx:beforeSwap", listen);
  underway = false;
  if (!answered) keys.forEach((key) => waiting.add(key));
  told.textContent = waiting.size ? form.dataset.saidUnsaved : "";
  if (answered) showFaults();
  if (waiting.size) timer = setTimeout(keep, answered ? PAUSE : 10 * PAUSE);
}

function showFaults() {
  const touchedLines = new Set();
  for (const item of kept.querySelectorAll("[data-figure]")) {
    const bad = item.dataset.bad.split(" ");
    for (const name of ["workers", "participants"]) {
      const box = form.elements[`${name}-${item.dataset.figure}`];
      if (box) bad.includes(name) ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid");
      if (box) touchedLines.add(box.closest("[data-line]"));
    }
    notes(item);
  }
}

// Each line's notes stand in the row below it; those of one figure are replaced by what the server says now.
function notes(item) {
  const box = form.elements[`participants-${item.dataset.figure}`];
  const row = box.closest("[data-line]").nextElementSibling;
  const list = row.querySelector("ul");
  list.querySelectorAll("li").forEach((old) => {
    if (!("lasting" in old.dataset) && old.textContent.startsWith(`${item.dataset.year}: `)) old.remove();
  });
  for (const message of item.querySelectorAll("span")) {
    const entry = document.createElement("li");
    entry.textContent = `${item.dataset.year}: ${message.textContent}`;
    list.append(entry);
  }
  row.hidden = list.children.length === 0;
}

function move(from, down, right) {
  const table = boxes();
  let row = table.findIndex((line) => line.includes(from));
  let column = table[row].indexOf(from);
  do {
    row += down;
    column += right;
  } while (table[row]?.[column] === null || table[row]?.[column]?.offsetParent === null);
  const box = table[row]?.[column];
  box?.focus();
  box?.select();
}

const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

form.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-line] input");
  if (!box || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    move(box, event.shiftKey ? -1 : 1, 0);
  } else if (event.key === "Escape" && box.value !== box.dataset.keptValue) {
    box.value = box.dataset.keptValue;
    touched([box]);
  } else if (event.key in STEPS && !event.shiftKey) {
    const inside = box.selectionStart !== box.selectionEnd && box.selectionEnd - box.selectionStart !== box.value.length;
    const atEdge = event.key === "ArrowLeft" ? box.selectionStart === 0 : box.selectionEnd === box.value.length;
    if (event.key.match(/Left|Right/) && (inside || !atEdge)) return;
    event.preventDefault();
    move(box, ...STEPS[event.key]);
  }
});

form.addEventListener("paste", (event) => {
  const box = event.target.closest("[data-line] input");
  const block = box ? cells(event.clipboardData.getData("text/plain")) : [];
  if (block.length < 2 && (block[0]?.length ?? 0) < 2) return;
  event.preventDefault();
  const done = fill(block, boxes(), box);
  touched(done.boxes);
  const remarks = [done.closed && form.dataset.saidClosed, done.outside && form.dataset.saidOutside].filter(Boolean);
  if (remarks.length) told.textContent = remarks.join(" ");
});

form.addEventListener("input", (event) => {
  const box = event.target.closest("[data-line] input");
  if (box) touched([box]);
});

form.addEventListener("submit", () => {
  leaving = true;
  clearTimeout(timer);
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && (waiting.size || underway)) event.preventDefault();
});

// On a phone one region fills the screen; the buttons turn the pages.
function pager() {
  const regions = [...form.querySelectorAll("[data-region]")];
  const bar = form.querySelector("[data-pager]");
  let at = 0;
  const show = () => regions.forEach((region, number) => region.toggleAttribute("data-current", number === at));
  bar.hidden = regions.length < 2;
  form.toggleAttribute("data-paged", regions.length > 1);
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    at = (at + Number(button.dataset.step) + regions.length) % regions.length;
    show();
  });
  show();
}

lines.forEach((line) => places(line).map(boxOf).filter(Boolean).forEach(mark));
lines.forEach(compute);
pager();
