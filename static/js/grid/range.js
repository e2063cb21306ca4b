// Several boxes chosen together, by Shift and the arrows or by dragging; what is done to them is done to all.

export class Range {
  constructor(sheet, chosen) {
    this.sheet = sheet;
    this.chosen = chosen;
    this.anchor = this.end = null;
  }

  get isOne() {
    return !this.anchor || (this.anchor[0] === this.end[0] && this.anchor[1] === this.end[1]);
  }

  start(row, column) {
    this.set([row, column], [row, column]);
  }

  extend(row, column) {
    if (!this.anchor) return this.start(row, column);
    return this.set(this.anchor, [row, column]);
  }

  step(down, right) {
    const row = Math.min(Math.max(this.end[0] + down, 0), this.sheet.rows.length - 1);
    const column = Math.min(Math.max(this.end[1] + right, 0), 3);
    this.extend(row, column);
    this.sheet.cellsOf(this.sheet.lines[row])[column].scrollIntoView({ block: "nearest" });
  }

  all() {
    this.set([0, 0], [this.sheet.rows.length - 1, 3]);
  }

  set(anchor, end) {
    this.anchor = anchor;
    this.end = end;
    for (const cell of this.marked ?? []) cell.removeAttribute("data-selected");
    this.marked = this.isOne ? [] : this.places().map(([row, column]) => this.sheet.cellsOf(this.sheet.lines[row])[column]);
    for (const cell of this.marked) cell.setAttribute("data-selected", "");
    if (!this.isOne) this.chosen(this.marked.length);
  }

  bounds() {
    const [top, bottom] = [this.anchor[0], this.end[0]].sort((a, b) => a - b);
    const [left, right] = [this.anchor[1], this.end[1]].sort((a, b) => a - b);
    return { top, bottom, left, right };
  }

  places() {
    const { top, bottom, left, right } = this.bounds();
    const found = [];
    for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) found.push([row, column]);
    return found;
  }

  boxes() {
    return this.places().map(([row, column]) => this.sheet.boxAt(row, column)).filter(Boolean);
  }

  // Plain digits, which every spreadsheet reads alike whatever its language.
  text() {
    const { top, bottom, left, right } = this.bounds();
    const lines = [];
    for (let row = top; row <= bottom; row += 1) {
      const texts = [];
      for (let column = left; column <= right; column += 1) texts.push(this.sheet.textAt(row, column).replace(/^(\d{1,3})(\.\d{3})+$/, (all) => all.replaceAll(".", "")));
      lines.push(texts.join("\t"));
    }
    return lines.join("\n");
  }

  // Pairs of box and text that repeat the first row downwards, or the first column to the right.
  filled(isDown) {
    const { top, left } = this.bounds();
    return this.places()
      .map(([row, column]) => [this.sheet.boxAt(row, column), this.sheet.textAt(isDown ? top : row, isDown ? column : left)])
      .filter(([box]) => box);
  }
}
