// Explanations of figures: put where they can be seen, inside scrolling tables too; Escape sends them away.
const GAP = 6;

function place(figure) {
  const tip = figure.querySelector(".explained-tip");
  figure.classList.remove("is-dismissed");
  tip.classList.add("is-placed");
  const at = figure.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const above = at.top - size.height - GAP;
  const left = Math.min(Math.max(at.right - size.width, GAP), innerWidth - size.width - GAP);
  tip.style.setProperty("--tip-top", `${above > GAP ? above : at.bottom + GAP}px`);
  tip.style.setProperty("--tip-left", `${left}px`);
}

for (const type of ["mouseover", "focusin"]) {
  document.addEventListener(type, (event) => {
    const figure = event.target.closest?.("[data-explained]");
    if (figure) place(figure);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const figure of document.querySelectorAll("[data-explained]:hover, [data-explained]:focus")) figure.classList.add("is-dismissed");
});

document.addEventListener("focusout", (event) => event.target.classList?.remove("is-dismissed"));
