// The second screen: says what the stage shows and what comes next, and leads it. A window of the same browser answers at
// once and without a network; a stage on another device answers through the server.
import { line } from "./ceremony-line.js";

const channel = new BroadcastChannel(document.body.dataset.channel);
const contact = document.querySelector("[data-contact]");
const entries = [...document.querySelectorAll(".remote-list > li")];
const clock = document.querySelector("[data-clock]");
const ANSWERS_WITHIN = 3500;

let at = { slide: 0, step: 0 };
let isDark = false;
let answeredHere = 0;
let isShownAway = false;
let isCut = false;

const textOf = (element) => element.innerText.replaceAll("\n", " ");
const stepsOf = (slide) => Number(entries[slide].dataset.steps ?? 0);

function after({ slide, step }) {
  if (step < stepsOf(slide)) return { slide, step: step + 1 };
  return slide + 1 < entries.length ? { slide: slide + 1, step: 0 } : { slide, step };
}

function before({ slide, step }) {
  if (step > 0) return { slide, step: step - 1 };
  return slide > 0 ? { slide: slide - 1, step: stepsOf(slide - 1) } : { slide, step };
}

function said({ slide, step }) {
  const winners = [...entries[slide].querySelectorAll(`[data-step="${step}"]`)];
  return (winners.length ? winners : [entries[slide].querySelector("button")]).map(textOf).join(", ");
}

function show(there, dark) {
  if (!entries[there.slide]) return;
  at = { slide: there.slide, step: Math.min(there.step, stepsOf(there.slide)) };
  isDark = dark;
  const next = after(at);
  document.querySelector("[data-now]").textContent = said(at);
  document.querySelector("[data-next]").textContent = next.slide === at.slide && next.step === at.step ? "–" : said(next);
  document.querySelector("[data-act=dark]").setAttribute("aria-pressed", isDark);
  entries.forEach((entry, number) => {
    entry.toggleAttribute("aria-current", number === at.slide);
    for (const winner of entry.querySelectorAll("[data-step]")) {
      const isHere = number === at.slide && Number(winner.dataset.step) <= at.step;
      winner.classList.toggle("is-shown", number < at.slide || isHere);
    }
  });
  document.body.dataset.at = `${at.slide}.${at.step}`;
}

const away = line({
  moved: (state) => show(state, state.is_dark),
  heard(state) {
    isCut = !state;
    isShownAway = state?.number > 0 && state.shown === state.number;
    tell();
  },
});

function lead(there, dark = isDark) {
  show(there, dark);
  channel.postMessage({ go: at, isDark });
  away.tell({ ...at, is_dark: isDark ? "on" : "" });
}

function tell() {
  const isHere = Date.now() - answeredHere < ANSWERS_WITHIN;
  const state = isHere ? "found" : isShownAway ? "away" : isCut ? "cut" : "lost";
  contact.dataset.state = state;
  contact.textContent = contact.dataset[state];
  clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

channel.addEventListener("message", ({ data }) => {
  if (!data.at) return;
  answeredHere = Date.now();
  show(data.at, data.isDark);
  tell();
});

const acts = { forward: () => lead(after(at)), back: () => lead(before(at)), dark: () => lead(at, !isDark) };

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  // A phone in the hand must not fall asleep during the evening.
  navigator.wakeLock?.request("screen").catch(() => {});
  acts[button.dataset.act]?.();
  if (button.dataset.go) {
    const [slide, step] = button.dataset.go.split(".").map(Number);
    lead({ slide, step });
  }
});

document.addEventListener("keydown", (event) => {
  const act = acts[{ ArrowRight: "forward", PageDown: "forward", ArrowLeft: "back", PageUp: "back" }[event.key]];
  if (!act || event.repeat) return;
  event.preventDefault();
  act();
});

const ask = () => channel.postMessage({ ask: true });
setInterval(() => {
  ask();
  tell();
}, 1500);
show(at, isDark);
ask();
away.start();
tell();
