// Rubric and titles: the sum of the weights while typing, and rows that come and go without losing one's place.

// The strict grammar of the server: at most two decimals, comma or point; anything else counts as not yet typed.
function hundredths(text) {
  const match = /^(0|[1-9]\d{0,2})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : 0;
}

function shown(value) {
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${format.format(value / 100)}\u00a0%`;
}

function addUp(group) {
  const output = group.querySelector("[data-sum]");
  let sum = 0;
  for (const box of group.querySelectorAll("input[name$='-weight']")) {
    sum += hundredths(box.value);
  }
  output.textContent = shown(sum);
  output.dataset.sum = sum;
  const off = group.querySelector("[data-off]");
  const difference = sum - 10000;
  off.textContent = difference === 0 ? "" : `(${difference > 0 ? "+" : "−"}${shown(Math.abs(difference))})`;
}

function addAllUp() {
  document.querySelectorAll("[data-weights]").forEach(addUp);
}

document.addEventListener("input", addAllUp);

// Another kind has other boxes: the button beside it fetches them, and the choice presses the button.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[name$='-kind']")) {
    const button = event.target.closest("li").querySelector("[data-after-kind]");
    button.form.requestSubmit(button);
  }
});

for (const button of document.querySelectorAll("[data-after-kind]")) {
  button.hidden = true;
}

addAllUp();
