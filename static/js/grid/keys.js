// The keys and the mouse of a sheet: moving, selecting, filling, clearing, undoing.

const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const isWhole = (box) => box.selectionStart === 0 && box.selectionEnd === box.value.length;

export class Keys {
  constructor(form, { sheet, range, history, words, restore }) {
    Object.assign(this, { form, sheet, range, history, words, restore });
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("beforeinput", (event) => this.undoneByMenu(event));
    form.addEventListener("pointerdown", (event) => this.begin(event));
    form.addEventListener("pointerover", (event) => this.drag(event));
    form.addEventListener("pointerup", () => form.removeAttribute("data-dragging"));
    form.addEventListener("focusin", (event) => this.arrive(event));
    form.addEventListener("focusout", () => history.pause());
  }

  pressed(event) {
    const box = event.target.closest("[data-line] input");
    if (!box || event.altKey) return;
    const done = event.ctrlKey || event.metaKey ? this.command(event, box) : this.plain(event, box);
    if (done) event.preventDefault();
  }

  command(event, box) {
    const key = event.key.toLowerCase();
    if (key === "z") return this.turn(event.shiftKey);
    if (key === "y") return this.turn(true);
    if (key === "a" && isWhole(box)) return this.done(this.range.all());
    if (key === "d") return this.fillDown(box);
    if (key === "r" && !this.range.isOne) return this.write(this.range.filled(false), "filled");
    if (event.key === "Enter") return this.write(this.range.boxes().map((each) => [each, box.value]), "filled");
    return false;
  }

  turn(isRedo) {
    const boxes = isRedo ? this.history.redo() : this.history.undo();
    if (boxes.length) {
      boxes[0].focus();
      this.words.say(isRedo ? "redone" : "undone", boxes.length);
    }
    return true;
  }

  undoneByMenu(event) {
    if (!event.inputType.startsWith("history")) return;
    event.preventDefault();
    this.turn(event.inputType === "historyRedo");
  }

  fillDown(box) {
    if (!this.range.isOne) return this.write(this.range.filled(true), "filled");
    const [row, column] = this.sheet.placeOf(box);
    return row === 0 ? true : this.write([[box, this.sheet.textAt(row - 1, column)]], "filled");
  }

  write(pairs, said) {
    const boxes = this.history.write(pairs);
    this.words.say(said, boxes.length);
    return true;
  }

  plain(event, box) {
    if (event.key === "Enter") return this.go(box, event.shiftKey ? -1 : 1, 0);
    if (event.key === "F2") return this.done(box.setSelectionRange(box.value.length, box.value.length));
    if (event.key === "Escape") return this.escape(box);
    if (["Delete", "Backspace"].includes(event.key) && !this.range.isOne) return this.write(this.range.boxes().map((each) => [each, ""]), "cleared");
    return event.key in STEPS && this.arrow(event, box);
  }

  escape(box) {
    if (!this.range.isOne) this.range.start(...this.sheet.placeOf(box));
    else this.restore(box);
    return true;
  }

  arrow(event, box) {
    const isSideways = STEPS[event.key][0] === 0;
    if (event.shiftKey) {
      if (isSideways && this.range.isOne && !isWhole(box)) return false;
      return this.done(this.range.step(...STEPS[event.key]));
    }
    const isInside = box.selectionStart !== box.selectionEnd && !isWhole(box);
    const isAtEdge = event.key === "ArrowLeft" ? box.selectionStart === 0 : box.selectionEnd === box.value.length;
    if (isSideways && (isInside || !isAtEdge)) return false;
    return this.go(box, ...STEPS[event.key]);
  }

  go(from, down, right) {
    this.sheet.beyond(from, down, right)?.focus();
    return true;
  }

  done() {
    return true;
  }

  // A box that is reached is one selected cell; typing replaces what it says, as in every sheet.
  arrive(event) {
    const box = event.target.closest("[data-line] input");
    if (!box) return;
    this.range.start(...this.sheet.placeOf(box));
    box.select();
  }

  begin(event) {
    const box = event.target.closest(".grid-box")?.querySelector("input");
    if (!box || event.pointerType !== "mouse" || event.button !== 0) return;
    if (event.shiftKey && this.range.anchor) {
      event.preventDefault();
      this.range.extend(...this.sheet.placeOf(box));
    } else if (document.activeElement === box) this.range.start(...this.sheet.placeOf(box));
    else {
      event.preventDefault();
      box.focus();
    }
  }

  drag(event) {
    const box = event.target.closest(".grid-box")?.querySelector("input");
    if (!box || !(event.buttons & 1) || event.pointerType !== "mouse" || !this.range.anchor) return;
    const [row, column] = this.sheet.placeOf(box);
    if (this.range.isOne && row === this.range.anchor[0] && column === this.range.anchor[1]) return;
    this.form.setAttribute("data-dragging", "");
    this.range.extend(row, column);
  }
}
