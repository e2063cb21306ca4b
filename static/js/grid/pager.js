// On a phone one region fills the screen; the buttons turn the pages.

export function pager(form) {
  const regions = [...form.querySelectorAll("[data-region]")];
  const bar = form.querySelector("[data-pager]");
  let at = 0;
  const show = () => {
    regions.forEach((region, number) => region.toggleAttribute("data-current", number === at));
    bar.querySelector("[data-pager-at]").textContent = `${at + 1} / ${regions.length}`;
  };
  bar.hidden = regions.length < 2;
  form.toggleAttribute("data-paged", regions.length > 1);
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    at = (at + Number(button.dataset.step) + regions.length) % regions.length;
    show();
  });
  show();
}
