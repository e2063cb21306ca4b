// Counts, percentages and growth while somebody types; the server computes the ones that count.

const COUNT = /^(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)$/;

export function count(text) {
  const typed = text.trim();
  return COUNT.test(typed) && typed.length <= 20 ? BigInt(typed.replaceAll(".", "")) : null;
}

// Hundredths of a percent, rounded half up; null unless both are counts and there are workers.
export function share(participants, workers) {
  return workers && participants !== null ? Number((20000n * participants + workers) / (2n * workers)) : null;
}

const decimals = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2 });
const signed = new Intl.NumberFormat(document.documentElement.lang, {
  minimumFractionDigits: 2,
  signDisplay: "exceptZero",
});

export function percent(hundredths) {
  return hundredths === null ? "–" : `${decimals.format(hundredths / 100)}\u00a0%`;
}

export function points(hundredths) {
  return hundredths === null ? "–" : signed.format(hundredths / 100);
}
