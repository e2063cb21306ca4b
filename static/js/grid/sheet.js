// The boxes of the grid as a table: rows of regions and segments, four columns, null where a figure is closed.

const NUMBERS = [1, 2, 5, 6];

export class Sheet {
  constructor(form) {
    this.lines = [...form.querySelectorAll("[data-line]")];
    this.rows = this.lines.map((line) => this.cellsOf(line).map((cell) => cell.querySelector("input")));
    this.places = new Map();
    this.rows.forEach((row, at) => row.forEach((box, column) => box && this.places.set(box, [at, column])));
    this.years = [...form.querySelectorAll("thead [scope=colgroup]")].map((heading) => heading.textContent.trim());
  }

  // The four cells with counts; the first line of a region has one heading more.
  cellsOf(line) {
    const more = line.cells.length - 10;
    return NUMBERS.map((at) => line.cells[at + more]);
  }

  boxAt(row, column) {
    return this.rows[row]?.[column];
  }

  placeOf(box) {
    return this.places.get(box);
  }

  textAt(row, column) {
    const cell = this.cellsOf(this.lines[row])[column];
    return cell.querySelector("input")?.value ?? cell.querySelector("[data-fixed]").dataset.fixed;
  }

  regionOf(row) {
    return this.lines[row].closest("[data-region]").dataset;
  }

  segmentOf(row) {
    const { line, name, english } = this.lines[row].dataset;
    return { code: line, names: [name, english].filter(Boolean) };
  }

  // The next box in this direction that is open and can be seen; none at the edge.
  beyond(box, down, right) {
    let [row, column] = this.placeOf(box);
    do {
      row += down;
      column += right;
    } while (this.boxAt(row, column) === null || this.boxAt(row, column)?.offsetParent === null);
    return this.boxAt(row, column);
  }
}
