// A <details class="drop"> closes when attention goes elsewhere.
const open = () => document.querySelectorAll("details.drop[open]");

document.addEventListener("click", (event) => {
  for (const drop of open()) if (!drop.contains(event.target)) drop.open = false;
});

document.addEventListener("focusin", (event) => {
  // A click on plain text inside focuses what surrounds the drop: that is not elsewhere.
  for (const drop of open()) if (!drop.contains(event.target) && !event.target.contains(drop)) drop.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of open()) {
    const inside = drop.contains(document.activeElement);
    drop.open = false;
    if (inside) drop.querySelector("summary").focus();
  }
});
