// Trying other weights: a slider beside every box that moves the other weights with it, so that the places move at once;
// and what is left of 100.00 percent while typing.

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

// The others share what one leaves, in the proportion they had when it was taken hold of; 100.00 percent to the last digit.
function share(held, value, before) {
  const others = [...before.keys()].filter((box) => box !== held);
  const sum = others.reduce((total, box) => total + before.get(box), 0);
  const parts = others.map((box) => Math.floor(((sum ? before.get(box) : 1) * (WHOLE - value)) / (sum || others.length)));
  const largest = parts.indexOf(Math.max(...parts));
  parts[largest] += WHOLE - value - parts.reduce((total, part) => total + part, 0);
  return new Map([[held, value], ...others.map((box, at) => [box, parts[at]])]);
}

function addSlider(box, label, boxes, sliders) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "form-range";
  slider.max = WHOLE;
  slider.step = 25;
  slider.value = hundredths(box.value);
  slider.setAttribute("aria-label", label);
  let before = null;
  slider.addEventListener("input", () => {
    before ??= new Map(boxes.map((each) => [each, hundredths(each.value)]));
    for (const [each, value] of share(box, Number(slider.value), before)) {
      each.value = shown(value);
      if (each !== box) sliders.get(each).value = value;
    }
  });
  slider.addEventListener("change", () => {
    before = null;
  });
  box.addEventListener("input", () => {
    slider.value = hundredths(box.value);
  });
  sliders.set(box, slider);
  (box.closest(".with-unit") ?? box).after(slider);
}

for (const form of document.querySelectorAll("form[data-weights]")) {
  const boxes = [...form.querySelectorAll("input[name^='bobot-']")];
  const sliders = new Map();
  for (const box of boxes) {
    addSlider(box, box.labels[0]?.textContent.trim() ?? box.name, boxes, sliders);
  }
  form.addEventListener("input", () => addUp(form, boxes));
  addUp(form, boxes);
}
