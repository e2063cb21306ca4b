// Where the numbers of a pasted block go: by the names beside and above them, else in their order from the first box.

import { columnsOf, headingRows } from "./columns.js";
import { isBlank, isNumber, isShare, isTotal, Names } from "./names.js";

const KINDS = ["workers", "participants"];

export class Placing {
  constructor(block, sheet, [row, column]) {
    this.sheet = sheet;
    this.names = new Names(sheet);
    this.first = { row, column };
    this.titles = headingRows(block, this.names);
    this.columns = columnsOf(block, this.titles, this.names);
    this.counts = this.columns.filter((each) => each.role === "count");
    this.writes = [];
    this.missed = [];
    this.closed = 0;
    this.skipped = this.titles + this.columns.filter((each) => each.isShare).length;
    this.region = null;
    this.lost = null;
    this.used = new Set();
    this.next = row;
    this.named = this.columns.some((each) => each.role === "region") || block.some((texts) => this.title(texts));
    this.bySegment = this.columns.some((each) => each.role === "segment") || this.counts.some((each) => each.segment);
    this.isByOrder = !this.named && !this.bySegment && this.columns.some((each) => each.role === "text");
    this.assign();
    block.slice(this.titles).forEach((texts, at) => this.take(texts, this.titles + at));
  }

  role(texts, role) {
    const found = this.columns.find((each) => each.role === role);
    return found ? (texts[found.column] ?? "") : "";
  }

  // A row that only names a region is the title of the rows below it.
  title(texts) {
    const filled = texts.filter((text) => !isBlank(text));
    return filled.length === 1 ? this.names.region(filled[0]) : null;
  }

  // Give each column of counts its place among the four; what has none is answered as left over.
  assign() {
    const begin = this.begin();
    this.counts.forEach((each, at) => {
      if (!each.kind) each.place = begin + at;
      else {
        const year = each.year ? this.sheet.years.indexOf(each.year) : this.yearOf(each);
        each.place = year < 0 ? 9 : 2 * year + KINDS.indexOf(each.kind);
      }
      if (each.year && !each.kind && this.counts.length <= 2) each.place = this.sheet.years.indexOf(each.year) * 2 + at;
    });
    this.leftOver = this.counts.filter((each) => each.place > 3 || each.place < 0).length;
  }

  begin() {
    if (!this.named && !this.bySegment) return this.first.column;
    if (this.counts.length >= 4) return 0;
    return this.counts.length === 2 ? 2 * Math.floor(this.first.column / 2) : this.first.column;
  }

  yearOf(each) {
    const alike = this.counts.filter((other) => other.kind === each.kind && other.segment === each.segment);
    return alike.length > 1 ? alike.indexOf(each) : Math.floor(this.first.column / 2);
  }

  take(texts, at) {
    const section = this.title(texts);
    if (section) this.enter(section);
    else if (this.isTitleOfNobody(texts)) this.lost = texts.find((text) => !isBlank(text));
    else if (texts.some(isTotal)) this.skipped += 1;
    else if (texts.some((text) => isNumber(text) && !isBlank(text))) this.place(texts, at);
  }

  // A row of one name that is known nowhere: what follows belongs to it, and to nobody here.
  isTitleOfNobody(texts) {
    const [name, ...others] = texts.filter((text) => !isBlank(text));
    const own = this.role(texts, "region") || !this.columns.some((each) => each.role === "region");
    return this.named && own && name && !others.length && !isNumber(name) && !isTotal(name) && !this.names.segment(name);
  }

  enter(region) {
    this.lost = null;
    if (region !== this.region) this.used = new Set();
    this.region = region;
  }

  place(texts, at) {
    const named = this.role(texts, "region");
    const region = named && this.names.region(named);
    if (named && !region) this.lost = named;
    if (region) this.enter(region);
    if (this.lost) return this.miss(at, this.label([this.lost, ...texts.filter((text) => text !== this.lost)]), "noRegion");
    if (this.isShifted(texts)) return this.miss(at, this.label(texts), "shifted");
    const year = this.role(texts, "year");
    for (const [segment, group] of this.groups(texts)) {
      const row = this.rowFor(segment);
      if (row === undefined || segment === null) this.miss(at, this.label(texts), this.named || this.bySegment ? "unknown" : "pastEnd");
      else this.write(row, group, texts, year, at);
    }
    return undefined;
  }

  // A percentage where the other rows have counts, or a count where they have percentages.
  isShifted(texts) {
    return this.columns.some(({ column, role, isPercent }) => {
      const text = texts[column] ?? "";
      return (role === "count" && isShare(text)) || (isPercent && !isShare(text) && Number(text.replaceAll(".", "")) > 100);
    });
  }

  // The columns of one row by the segment they belong to; a heading's, else the row's own.
  groups(texts) {
    const own = this.role(texts, "segment");
    const groups = new Map();
    for (const each of this.counts) {
      const segment = each.segment ?? (own ? this.names.segment(own) : undefined);
      groups.set(segment, [...(groups.get(segment) ?? []), each]);
    }
    return groups;
  }

  rowFor(segment) {
    if (!this.named && !this.bySegment) return this.next < this.sheet.lines.length ? this.next++ : undefined;
    if (!this.named && this.region === null) this.region = this.sheet.regionOf(this.first.row).region;
    if (!this.named && this.used.has(segment)) this.enter(this.after(this.region));
    const rows = this.sheet.lines.map((_line, row) => row).filter((row) => this.sheet.regionOf(row).region === this.region);
    const row = segment === undefined ? rows.find((each) => !this.used.has(each)) : rows.find((each) => this.sheet.segmentOf(each).code === segment);
    this.used.add(segment === undefined ? row : segment);
    return row;
  }

  after(region) {
    const order = [...new Set(this.sheet.lines.map((_line, row) => this.sheet.regionOf(row).region))];
    return order[order.indexOf(region) + 1];
  }

  write(row, group, texts, year, at) {
    const shift = year && group.every((each) => !each.year) ? 2 * this.sheet.years.indexOf(year) : null;
    if (shift !== null && shift < 0) return this.miss(at, this.label(texts), "noYear");
    for (const each of group) {
      const text = texts[each.column] ?? "";
      const place = shift === null ? each.place : shift + (each.kind ? KINDS.indexOf(each.kind) : group.indexOf(each));
      if (isBlank(text) || place < 0 || place > 3) continue;
      const box = this.sheet.boxAt(row, place);
      if (box) this.writes.push([box, text]);
      else if (!same(text, this.sheet.textAt(row, place))) this.closed += 1;
    }
    return undefined;
  }

  label(texts) {
    return texts.filter((text) => !isBlank(text)).slice(0, 3).join(" · ");
  }

  miss(at, text, why = "unknown") {
    if (this.missed.at(-1)?.at !== at) this.missed.push({ at, text, why });
  }

  // Boxes that held another number until now.
  get replaced() {
    return this.writes.filter(([box, text]) => box.value.trim() && !same(box.value, text)).length;
  }
}

function same(one, other) {
  return one.replaceAll(".", "").trim() === other.replaceAll(".", "").trim();
}
