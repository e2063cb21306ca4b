// The stage of the announcement. The page holds everything; the position is stored in the address, so that loading it
// again, or opening it in another window, continues with the same winner.
import { line } from "./ceremony-line.js";

const slides = [...document.querySelectorAll("[data-slide]")];
const announcer = document.querySelector("[data-announcer]");
const keys = document.querySelector("[data-keys]");
const prompt = document.querySelector("[data-prompt]");
const stepsOf = (slide) => Number(slide.dataset.steps ?? 0);

// The second screen, another window of this browser, asks where the stage is and leads it.
const channel = new BroadcastChannel(document.body.dataset.channel);

let at = read();

function read() {
  const [slide, step] = location.hash.slice(1).split(".").map((part) => Number.parseInt(part, 10));
  if (!(slide >= 0 && slide < slides.length)) return { slide: 0, step: 0 };
  return { slide, step: Math.min(Math.max(step || 0, 0), stepsOf(slides[slide])) };
}

function show(next) {
  at = next;
  slides.forEach((slide, number) => {
    slide.hidden = number !== at.slide;
  });
  for (const place of slides[at.slide].querySelectorAll("[data-step]")) {
    const step = Number(place.dataset.step);
    place.classList.toggle("is-shown", step <= at.step);
    place.classList.toggle("is-newest", step === at.step);
  }
  history.replaceState(null, "", `#${at.slide}.${at.step}`);
  document.querySelector("[data-position]").textContent = `${at.slide + 1} / ${slides.length}`;
  document.body.dataset.at = `${at.slide}.${at.step}`;
  announcer.textContent = newestText();
  fit();
  report();
}

const report = () => channel.postMessage({ at, isDark: isDark() });

// Asked for by R, the stage follows a screen on another device too. Without that it asks the network for nothing.
const follow = document.querySelector("[data-act=follow]");
const isDark = () => document.body.classList.contains("is-dark");
const isFollowing = () => follow?.getAttribute("aria-pressed") === "true";
const offered = follow?.textContent;

const other = line({
  moved(state) {
    document.body.classList.toggle("is-dark", state.is_dark);
    if (slides[state.slide]) show({ slide: state.slide, step: state.step });
  },
  heard(state) {
    if (!isFollowing()) return;
    follow.textContent = state ? follow.dataset.with : follow.dataset.without;
    if (state && state.number > state.shown) other.answer(state.number);
  },
});

const tell = () => isFollowing() && other.tell({ ...at, is_dark: isDark() ? "on" : "" });

function setFollowing(isOn) {
  follow.setAttribute("aria-pressed", isOn);
  if (!isOn) follow.textContent = offered;
  sessionStorage.setItem(document.body.dataset.channel, isOn ? "follow" : "");
  if (isOn) other.start();
  else other.stop();
}

function toggleFollowing() {
  if (!follow) return;
  setFollowing(!isFollowing());
  tell();
}

// Smaller by steps until the whole slide is on the screen, with the places that are still to come.
function fit() {
  const slide = slides[at.slide];
  for (const step of ["0", "1", "2", "3"]) {
    slide.dataset.fit = step;
    if (slide.scrollHeight <= slide.clientHeight) return;
  }
}

function newestText() {
  const newest = [...slides[at.slide].querySelectorAll(".is-newest")].map((place) => place.innerText);
  return (newest.length ? newest : [slides[at.slide].querySelector("h1, h2").innerText]).join(", ").replaceAll("\n", " ");
}

function forward() {
  if (at.step < stepsOf(slides[at.slide])) show({ slide: at.slide, step: at.step + 1 });
  else if (at.slide + 1 < slides.length) show({ slide: at.slide + 1, step: 0 });
}

function back() {
  if (at.step > 0) show({ slide: at.slide, step: at.step - 1 });
  else if (at.slide > 0) show({ slide: at.slide - 1, step: stepsOf(slides[at.slide - 1]) });
}

function jump(by) {
  const slide = Math.min(Math.max(at.slide + by, 0), slides.length - 1);
  show({ slide, step: 0 });
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

const help = () => (keys.open ? keys.close() : keys.showModal());

function dark() {
  document.body.classList.toggle("is-dark");
  report();
}

// What moves the stage by hand is told to the other device; what the other window does, that window tells itself.
const byHand = (act) => () => {
  act();
  tell();
};
const acts = { forward: byHand(forward), back: byHand(back), full, help, dark: byHand(dark), follow: toggleFollowing };

channel.addEventListener("message", ({ data }) => {
  if (data.go) {
    document.body.classList.toggle("is-dark", data.isDark);
    if (slides[data.go.slide]) show(data.go);
  } else if (data.ask) report();
});

const onKey = {
  " ": acts.forward,
  Enter: acts.forward,
  ArrowRight: acts.forward,
  PageDown: acts.forward,
  ArrowLeft: acts.back,
  PageUp: acts.back,
  Backspace: acts.back,
  ArrowDown: byHand(() => jump(1)),
  ArrowUp: byHand(() => jump(-1)),
  Home: byHand(() => show({ slide: 0, step: 0 })),
  f: full,
  b: acts.dark,
  ".": acts.dark,
  r: toggleFollowing,
  "?": help,
  h: help,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = onKey[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const onControl = event.target.closest?.("button, a") && [" ", "Enter"].includes(event.key);
  if (!act || onControl || (keys.open && act !== help)) return;
  event.preventDefault();
  // A key held down, or a nervous thumb, must not show the next winner.
  if (!event.repeat) act();
});

document.addEventListener("click", (event) => {
  const act = acts[event.target.closest("[data-act]")?.dataset.act];
  if (!act) return;
  event.target.closest("[data-act]").blur();
  act();
});

// Closed by Escape, the list of keys may leave the focus on its button, which would take the next key for itself.
keys.addEventListener("close", () => document.activeElement?.blur());

window.addEventListener("hashchange", () => show(read()));
window.addEventListener("resize", fit);

let quiet;
function wake() {
  document.body.classList.add("is-awake");
  clearTimeout(quiet);
  quiet = setTimeout(() => document.body.classList.remove("is-awake"), 2500);
}
document.addEventListener("pointermove", wake);
document.addEventListener("focusin", wake);

// Fonts for names not shown yet are loaded now: later there may be no network.
async function preload() {
  const letters = document.body.textContent;
  await Promise.all([400, 650].map((weight) => document.fonts.load(`${weight} 1em "Inter Variable"`, letters)));
  await Promise.all([...document.images].map((image) => image.decode()));
  document.querySelector("[data-ready]").hidden = false;
  document.body.dataset.ready = "";
  fit();
}

prompt.hidden = false;
show(at);
if (follow && sessionStorage.getItem(document.body.dataset.channel)) setFollowing(true);
wake();
preload();
