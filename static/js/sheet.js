// A juror's sheet: the weighted total while typing, and no button pressed over an autosave that is still on its way.

const sheet = document.querySelector("[data-sheet]");

// The strict grammar of the server: at most two decimals, comma or point; anything else counts as not yet typed.
function hundredths(text) {
  const match = /^(0|[1-9]\d{0,2})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  const value = match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : null;
  return value !== null && value <= 10000 ? value : null;
}

function shown(value) {
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return format.format(value / 100);
}

function total() {
  let sum = 0;
  for (const box of sheet.querySelectorAll("[data-weight]")) {
    sum += (hundredths(box.value) ?? 0) * Number(box.dataset.weight);
  }
  return Math.floor((sum + 5000) / 10000);
}

function keepTotal() {
  sheet.querySelector("[data-running]").textContent = shown(total());
}

function waitForAutosave() {
  let underway = 0;
  let pressed = null;
  sheet.addEventListener("htmx:beforeRequest", () => {
    underway += 1;
  });
  sheet.addEventListener("htmx:afterRequest", () => {
    underway -= 1;
    if (underway === 0 && pressed) {
      const button = pressed;
      pressed = null;
      // After the swap: the form then carries the version the autosave made.
      setTimeout(() => sheet.requestSubmit(button));
    }
  });
  sheet.addEventListener("submit", (event) => {
    if (underway > 0) {
      event.preventDefault();
      pressed = event.submitter;
    }
  });
}

// Saved or not is told truthfully: no answer, a refusal, or the sign-in page in place of an answer is "not saved".
function tellFailures() {
  const warning = sheet.querySelector("[data-not-saved]");
  const answered = (xhr) => new URL(xhr.responseURL, location.href).pathname === location.pathname;
  sheet.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap &&= answered(event.detail.xhr);
  });
  sheet.addEventListener("htmx:afterRequest", (event) => {
    warning.hidden = event.detail.successful && answered(event.detail.xhr);
  });
}

if (sheet) {
  sheet.addEventListener("input", keepTotal);
  waitForAutosave();
  tellFailures();
  keepTotal();
}
