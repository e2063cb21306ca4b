// Copies a message that is to be shared, and says so. Without this script its text can be selected and copied by hand.
for (const shared of document.querySelectorAll("[data-shared]")) {
  const text = shared.querySelector("[data-shared-text]");
  const button = shared.querySelector("[data-copy-shared]");
  const copied = shared.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    copied.textContent = "";
    try {
      await navigator.clipboard.writeText(text.value);
      copied.textContent = copied.dataset.done;
    } catch {
      text.focus();
      text.select();
      copied.textContent = copied.dataset.failed;
    }
  });
}
