// Drag one interview of the rundown onto another: it takes that slot, those between move up or down.
// The buttons beside each row do the same by keyboard and without this module.
const rows = [...document.querySelectorAll("tr[data-at]")];
let dragged = null;

const send = (row, to) => {
  const form = row.querySelector("form.move");
  const place = document.createElement("input");
  place.type = "hidden";
  place.name = "to";
  place.value = to;
  form.append(place);
  form.submit();
};

for (const row of rows) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.nomination);
    row.classList.add("is-dragged");
  });
  row.addEventListener("dragend", () => {
    dragged = null;
    for (const each of rows) each.classList.remove("is-dragged", "is-target");
  });
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row) return;
    event.preventDefault();
    row.classList.add("is-target");
  });
  row.addEventListener("dragleave", () => row.classList.remove("is-target"));
  row.addEventListener("drop", (event) => {
    if (!dragged || dragged === row) return;
    event.preventDefault();
    send(dragged, row.dataset.at);
  });
}
