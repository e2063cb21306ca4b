// The columns of a pasted block: which name regions, segments or years, which hold counts, and which are left out.

import { isBlank, isNumber, isPercentHeading, isShare, isTotal, isYear, kindOf, yearIn } from "./names.js";

const ORDINAL = /^(no|nomor|#)\.?$/i;
const most = (texts, test) => texts.length > 0 && texts.filter(test).length * 2 > texts.length;

// Rows above the first with a count are headings; one that names a region is a title of what follows it.
export function headingRows(block, names) {
  const at = block.findIndex((row) => row.some((text) => isNumber(text) && !isYear(text) && !names.region(text) && !yearIn(text)));
  const title = block.findIndex((row) => row.some((text) => names.region(text)));
  return title >= 0 && title < at ? title : Math.max(at, 0);
}

// A heading that spans columns stands in the first of them only; the last row of headings has one for each column.
function headings(block, count, width) {
  const columns = Array.from({ length: width }, (_none, column) => column);
  return columns.map((column) =>
    block.slice(0, count).map((row, at) => row[column] || (at < count - 1 ? (row.slice(0, column).findLast((text) => text) ?? "") : "")),
  );
}

function judged(heading, texts, names, seen) {
  const last = heading.findLast((text) => text) ?? "";
  const whole = heading.join(" ");
  if (most(texts, (text) => names.region(text))) return { role: "region" };
  if (most(texts, (text) => names.segment(text))) return { role: "segment" };
  if (texts.length && texts.every(isYear) && (/tahun|year/i.test(whole) || !kindOf(last))) return { role: "year" };
  if (ORDINAL.test(last.trim())) return { role: "left out" };
  if (!texts.length || most(texts, (text) => !isNumber(text))) return { role: "text" };
  const kind = kindOf(last) ?? kindOf(whole);
  if (most(texts, isShare)) return { role: "left out", isShare: true, isPercent: true };
  if (isPercentHeading(last) && !kindOf(last)) return { role: "left out", isShare: true };
  if (!kind && isTotal(last)) return { role: "left out", isShare: true };
  if (!kind && !seen.counts && seen.texts && texts.every((text, at) => text === String(at + 1))) return { role: "left out" };
  return { role: "count", kind, year: yearIn(whole), segment: names.segmentIn(whole) };
}

export function columnsOf(block, count, names) {
  const width = Math.max(...block.map((row) => row.length));
  const above = headings(block, count, width);
  const seen = { counts: false, texts: block.some((row) => row.some((text) => names.region(text) || names.segment(text))) };
  return above.map((heading, column) => {
    const rows = block.slice(count).filter((row) => !row.some(isTotal));
    const texts = rows.map((row) => row[column] ?? "").filter((text) => !isBlank(text));
    const found = judged(heading, texts, names, seen);
    seen.counts ||= found.role === "count";
    return { ...found, column };
  });
}
