// The sentences of the grid, written by the server in the reader's language; said where a screen reader hears them.

export class Words {
  constructor(form) {
    this.texts = form.querySelector("[data-words]").dataset;
    this.place = form.querySelector("[data-announce]");
  }

  of(name, n = "") {
    return this.texts[name].replace("{n}", n);
  }

  say(name, n) {
    this.place.textContent = this.of(name, n);
  }
}
