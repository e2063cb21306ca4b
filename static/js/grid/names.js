// What a text of a spreadsheet means on this grid: a region, a segment, a year, a kind of count, a total, a percentage.

const plain = (text) => text.toLowerCase().normalize("NFKD").replaceAll(/[^a-z0-9.%]+/g, " ").trim();
const SHORTER = [/^(kabupaten|kab\.?|kota adm\.?|kota|provinsi|prov\.?) /];
const TOTAL = /^(sub ?total|grand total|total|jumlah|rata rata|rekap)\b/;
const PERCENT = /%|persen|cakupan|coverage|pertumbuhan|growth|selisih|rasio/;
const KINDS = [
  ["participants", /peserta|participant|terdaftar/],
  ["workers", /pekerja|tenaga kerja|worker|angkatan kerja|penyebut/],
];

export const isYear = (text) => /^20\d\d$/.test(text);
export const isTotal = (text) => TOTAL.test(plain(text));
export const isShare = (text) => /^-?\d+([.,]\d+)?\s*%$/.test(text) || /^-?\d+[.,]\d{1,2}$/.test(text);
export const isBlank = (text) => text.trim() === "" || /^\s*[-–—]+\s*$/.test(text);
export const isNumber = (text) => /\d/.test(text) && !/[a-z]{2}/i.test(text);
export const isPercentHeading = (text) => PERCENT.test(plain(text));
export const kindOf = (text) => KINDS.find(([, words]) => words.test(plain(text)))?.[0];
export const yearIn = (text) => text.match(/\b20\d\d\b/)?.[0];

// Every way to write each of these; what two of them share names neither.
function dictionary(entries) {
  const found = new Map();
  for (const [code, names] of entries) {
    for (const name of new Set(names.map(plain).filter(Boolean))) found.set(name, found.has(name) && found.get(name) !== code ? null : code);
  }
  return found;
}

export class Names {
  constructor(sheet) {
    const regions = new Map();
    const segments = new Map();
    sheet.lines.forEach((_line, row) => {
      const { region, name, short } = sheet.regionOf(row);
      const without = SHORTER.reduce((text, prefix) => text.replace(prefix, ""), plain(name));
      const begin = plain(name).startsWith("kabupaten") ? `kab. ${without}` : name;
      regions.set(region, [region, name, short, without, begin, begin.replace(".", "")]);
      const segment = sheet.segmentOf(row);
      const written = segment.names.flatMap((each) => [each, each.replace(/ \([^()]*\)$/, "")]);
      segments.set(segment.code, [segment.code, ...written.flatMap((each) => [each, `${each} ${segment.code}`, `${segment.code} ${each}`])]);
    });
    this.regions = dictionary(regions);
    this.segments = dictionary(segments);
  }

  region(text) {
    return this.regions.get(plain(text)) ?? null;
  }

  // By its whole name, or by two words and more that only one name begins with ("Pekerja Migran").
  segment(text) {
    const words = plain(text);
    if (this.segments.has(words)) return this.segments.get(words);
    const begun = words.includes(" ") ? [...this.segments].filter(([name]) => name.startsWith(`${words} `)) : [];
    const codes = new Set(begun.map(([, code]) => code));
    return codes.size === 1 ? [...codes][0] : null;
  }

  // A segment named somewhere inside a heading, the longest name first.
  segmentIn(text) {
    const words = ` ${plain(text)} `;
    const names = [...this.segments.keys()].sort((a, b) => b.length - a.length);
    return this.segments.get(names.find((name) => words.includes(` ${name} `))) ?? null;
  }
}
