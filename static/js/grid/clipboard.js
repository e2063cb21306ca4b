// Copying boxes out and pasting blocks in; what a paste did, and what it could not do, is said.

import { cells } from "./block.js";
import { Placing } from "./placing.js";

export class Clipboard {
  constructor(form, sheet, range, history, words) {
    Object.assign(this, { form, sheet, range, history, words });
    this.report = form.querySelector("[data-report]");
    this.report.querySelector("[data-close-report]").addEventListener("click", () => this.close());
    this.report.querySelector("[data-undo-paste]").addEventListener("click", () => history.undo());
    history.turned = () => this.close();
    history.added = () => this.holdOn(false);
    form.addEventListener("copy", (event) => this.copy(event));
    form.addEventListener("cut", (event) => this.copy(event, true));
    form.addEventListener("paste", (event) => this.paste(event));
  }

  copy(event, isCut = false) {
    if (this.range.isOne || !event.target.closest("[data-line]")) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", this.range.text());
    this.words.say("copied", this.range.places().length);
    if (isCut) this.history.write(this.range.boxes().map((box) => [box, ""]));
  }

  paste(event) {
    const box = event.target.closest("[data-line] input");
    if (!box) return;
    const block = cells(event.clipboardData.getData("text/plain"));
    const isOne = block.length === 1 && block[0].length === 1;
    if (isOne && this.range.isOne) return;
    event.preventDefault();
    if (isOne) this.history.write(this.range.boxes().map((each) => [each, block[0][0]]));
    else this.place(block, box);
  }

  place(block, box) {
    const first = this.range.isOne ? this.sheet.placeOf(box) : [this.range.bounds().top, this.range.bounds().left];
    const placing = new Placing(block, this.sheet, first);
    const replaced = placing.replaced;
    const changed = this.history.write(placing.writes);
    const told = [
      this.words.of("pasted", placing.writes.length),
      replaced && this.words.of("replaced", replaced),
      placing.missed.length && this.words.of("missed", placing.missed.length),
      placing.leftOver && this.words.of("columns", placing.leftOver),
      placing.closed && this.words.of("closed", placing.closed),
      placing.skipped && this.words.of("skipped", placing.skipped),
      placing.isByOrder && this.words.of("byOrder"),
    ];
    this.show(told.filter(Boolean).join(" "), placing.missed);
    this.holdOn(changed.length > 0);
  }

  // The paste can be undone here as long as it is the last change.
  holdOn(isLast) {
    this.report.querySelector("[data-undo-paste]").hidden = !isLast;
  }

  show(told, missed) {
    this.report.hidden = false;
    this.report.querySelector("[data-report-words]").textContent = told;
    const rows = missed.map(({ at, text, why }) => {
      const item = document.createElement("li");
      item.textContent = `${this.words.of("row", at + 1)}: ${text} – ${this.words.of(why)}`;
      return item;
    });
    this.report.querySelector("[data-report-rows]").replaceChildren(...rows);
  }

  close() {
    this.report.hidden = true;
  }
}
