// The second screen: says what the stage shows and what comes next, and leads it. Both are windows of one browser.
const channel = new BroadcastChannel(document.body.dataset.channel);
const contact = document.querySelector("[data-contact]");
const entries = [...document.querySelectorAll("[data-slide-number]")];
const clock = document.querySelector("[data-clock]");
let answered = 0;

const textOf = (element) => element?.innerText.replaceAll("\n", " ") ?? "–";

function next({ slide, step }) {
  const here = entries[slide - 1];
  if (here && step < Number(here.dataset.steps)) {
    return [...here.querySelectorAll(`[data-step="${step + 1}"]`)].map(textOf).join(", ");
  }
  return textOf(entries[slide]?.querySelector("button"));
}

function show(state) {
  document.querySelector("[data-now]").textContent = state.text;
  document.querySelector("[data-next]").textContent = next(state.at);
  entries.forEach((entry, number) => {
    const isHere = number + 1 === state.at.slide;
    entry.toggleAttribute("aria-current", isHere);
    for (const line of entry.querySelectorAll("[data-step]")) {
      const isPast = number + 1 < state.at.slide;
      line.classList.toggle("is-shown", isPast || (isHere && Number(line.dataset.step) <= state.at.step));
    }
  });
  document.body.dataset.at = `${state.at.slide}.${state.at.step}`;
}

function tell() {
  contact.textContent = Date.now() - answered < 3500 ? contact.dataset.found : contact.dataset.lost;
  clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

channel.addEventListener("message", ({ data }) => {
  if (!data.at) return;
  answered = Date.now();
  show(data);
  tell();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.act) channel.postMessage({ act: button.dataset.act });
  if (button?.dataset.go) channel.postMessage({ go: button.dataset.go });
});

document.addEventListener("keydown", (event) => {
  const act = { ArrowRight: "forward", PageDown: "forward", ArrowLeft: "back", PageUp: "back" }[event.key];
  if (!act || event.repeat) return;
  event.preventDefault();
  channel.postMessage({ act });
});

const ask = () => channel.postMessage({ ask: true });
setInterval(() => {
  ask();
  tell();
}, 1500);
ask();
tell();
