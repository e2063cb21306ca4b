// The percentage beside a figure while it is typed; the server computes the one that counts.

import { count, percent, share } from "./figures.js";

function follow(figure) {
  const workers = figure.querySelector("[data-workers]");
  const participants = figure.querySelector("[data-participants]");
  const shown = figure.querySelector("[data-share-shown]");
  const show = () => {
    shown.textContent = percent(share(count(participants.value), count(workers.value)));
  };
  workers.addEventListener("input", show);
  participants.addEventListener("input", show);
}

document.querySelectorAll("[data-coverage] [data-figure]").forEach(follow);
