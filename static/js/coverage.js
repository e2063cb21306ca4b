// The percentage beside a figure while it is typed; the server computes the one that counts.

const COUNT = /^(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)$/;

function count(text) {
  const typed = text.trim();
  return COUNT.test(typed) && typed.length <= 20 ? BigInt(typed.replaceAll(".", "")) : null;
}

function percent(participants, workers) {
  const hundredths = (20000n * participants + workers) / (2n * workers); // rounded half up
  const format = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2 });
  return `${format.format(Number(hundredths) / 100)}\u00a0%`;
}

function follow(figure) {
  const workers = figure.querySelector("[data-workers]");
  const participants = figure.querySelector("[data-participants]");
  const shown = figure.querySelector("[data-share-shown]");
  const show = () => {
    const whole = count(workers.value);
    const part = count(participants.value);
    shown.textContent = whole && part !== null ? percent(part, whole) : "–";
  };
  workers.addEventListener("input", show);
  participants.addEventListener("input", show);
}

document.querySelectorAll("[data-coverage] [data-figure]").forEach(follow);
