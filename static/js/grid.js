// The grid of coverage. The server reads every box again and decides; what is shown here only follows.

import { count, percent, points, share } from "./figures.js";
import { Clipboard } from "./grid/clipboard.js";
import { Draft } from "./grid/draft.js";
import { History } from "./grid/history.js";
import { Keys } from "./grid/keys.js";
import { pager } from "./grid/pager.js";
import { Range } from "./grid/range.js";
import { Sheet } from "./grid/sheet.js";
import { Words } from "./grid/words.js";

const form = document.querySelector("[data-coverage-grid]");
const sheet = new Sheet(form);
const words = new Words(form);
const range = new Range(sheet, (number) => words.say("chosen", number));
const draft = new Draft(form, words, showAnswer);
const history = new History(sheet.places.keys(), touched);

function compute(line) {
  const row = sheet.lines.indexOf(line);
  const [before, now] = [0, 2].map((at) => share(count(sheet.textAt(row, at + 1)), count(sheet.textAt(row, at))));
  const shown = line.querySelectorAll("[data-share]");
  shown[0].textContent = percent(before);
  shown[1].textContent = percent(now);
  const comparable = before !== null && now !== null && !("apart" in line.dataset);
  line.querySelector("[data-growth]").textContent = points(comparable ? now - before : null);
}

function mark(box) {
  box.toggleAttribute("data-changed", box.value.trim() !== box.dataset.keptValue);
}

function touched(boxes) {
  boxes.forEach(mark);
  new Set(boxes.map((box) => box.closest("[data-line]"))).forEach(compute);
  draft.touch(boxes);
}

function showAnswer(kept) {
  for (const item of kept.querySelectorAll("[data-figure]")) {
    const bad = item.dataset.bad.split(" ");
    for (const name of ["workers", "participants"]) {
      const box = form.elements[`${name}-${item.dataset.figure}`];
      if (box) bad.includes(name) ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid");
    }
    const state = form.querySelector(`[data-state-of="${item.dataset.figure}"]`);
    state.replaceChildren(...item.querySelector("i").childNodes);
    notes(item, state.closest("[data-line]").nextElementSibling);
  }
}

// Each line's notes stand in the row below it; those of one figure are replaced by what the server says now.
function notes(item, row) {
  const list = row.querySelector("ul");
  list.querySelectorAll("li").forEach((old) => {
    if (!("lasting" in old.dataset) && old.textContent.startsWith(`${item.dataset.year}: `)) old.remove();
  });
  for (const message of item.querySelectorAll("[data-note]")) {
    const entry = document.createElement("li");
    entry.textContent = `${item.dataset.year}: ${message.textContent}`;
    list.append(entry);
  }
  row.hidden = list.children.length === 0;
}

form.addEventListener("input", (event) => {
  const box = event.target.closest("[data-line] input");
  if (!box) return;
  history.typed(box);
  touched([box]);
});

function tools() {
  const bar = form.querySelector("[data-tools]");
  bar.hidden = false;
  bar.querySelector("[data-undo]").addEventListener("click", () => words.say("undone", history.undo().length));
  bar.querySelector("[data-redo]").addEventListener("click", () => words.say("redone", history.redo().length));
}

new Keys(form, { sheet, range, history, words, restore: (box) => history.write([[box, box.dataset.keptValue]]) });
new Clipboard(form, sheet, range, history, words);
[...sheet.places.keys()].forEach(mark);
sheet.lines.forEach(compute);
tools();
pager(form);
