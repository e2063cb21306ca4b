// Trying other weights: a slider beside every box, and what is left of 100.00 percent while typing.

const WHOLE = 10000;

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
  return format.format(value / 100);
}

function addUp(form, boxes) {
  const sum = boxes.reduce((total, box) => total + hundredths(box.value), 0);
  form.querySelector("[data-together]").textContent = `${shown(sum)}\u00a0%`;
  const rest = form.querySelector("[data-rest]");
  const left = WHOLE - sum;
  rest.textContent = left === 0 ? "" : `(${left < 0 ? "−" : ""}${shown(Math.abs(left))}\u00a0% ${rest.dataset.word})`;
}

function addSlider(box, label) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "form-range";
  slider.max = WHOLE;
  slider.step = 25;
  slider.value = hundredths(box.value);
  slider.setAttribute("aria-label", label);
  slider.addEventListener("input", () => {
    box.value = shown(Number(slider.value));
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  box.addEventListener("input", () => {
    slider.value = hundredths(box.value);
  });
  (box.closest(".with-unit") ?? box).after(slider);
}

for (const form of document.querySelectorAll("form[data-weights]")) {
  const boxes = [...form.querySelectorAll("input[name^='bobot-']")];
  for (const box of boxes) {
    addSlider(box, box.labels[0]?.textContent.trim() ?? box.name);
  }
  form.addEventListener("input", () => addUp(form, boxes));
  addUp(form, boxes);
}
