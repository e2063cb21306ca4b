// The appearance changes at once; the server stores it, so that the next page starts with it.
const MEDIA = { dark: "screen", light: "not all", auto: "screen and (prefers-color-scheme: dark)" };

function wear(theme) {
  document.documentElement.dataset.theme = theme;
  document.querySelector("[data-theme-sheet]").media = MEDIA[theme];
  document.dispatchEvent(new CustomEvent("theme"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const chosen = event.submitter;
  if (!form.matches("[data-theme-form]") || !chosen) return;
  event.preventDefault();
  const body = new FormData(form);
  body.set("theme", chosen.value);
  fetch(form.action, { method: "POST", body, redirect: "manual" });
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", button === chosen);
  wear(chosen.value);
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("theme")));
