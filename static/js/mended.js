// A fault that is mended leaves the summary, and the summary leaves with its last one; the server judges what is sent.

const summaries = () => document.querySelectorAll("[data-errors]");

function isChanged(box) {
  if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
  return box.value.trim() !== "" && box.value !== box.defaultValue;
}

export function clearFault(name) {
  for (const summary of summaries()) {
    for (const link of summary.querySelectorAll("[data-field]")) if (link.dataset.field === name) link.closest("li").remove();
    if (!summary.querySelector("li")) summary.remove();
  }
}

function look(event) {
  const box = event.target;
  if (!box.name || !summaries().length || !isChanged(box)) return;
  clearFault(box.name);
  const field = box.closest(".field.has-error");
  if (!field) return;
  field.classList.remove("has-error");
  field.querySelectorAll(".field-error").forEach((words) => words.remove());
  for (const one of field.querySelectorAll(".is-invalid")) {
    one.classList.remove("is-invalid");
    one.removeAttribute("aria-invalid");
    one.removeAttribute("aria-describedby");
  }
}

document.addEventListener("input", look);
document.addEventListener("change", look);
