// Where the marks are, in words: on the server, on this device, nowhere yet; and the choices only a person can make.

function shown(text, values) {
  return text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

function button(text, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-outline-primary";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

export class State {
  #receipt = null;

  constructor(device, { queue, courier, names, choose, isTyping }) {
    Object.assign(this, { device, said: device.dataset, queue, courier, names, choose, isTyping });
    courier.addEventListener("answered", (event) => {
      this.#receipt = event.detail.receipt;
    });
    courier.addEventListener("settled", () => this.show());
    device.querySelector("[data-rescue]").addEventListener("click", () => this.rescue());
  }

  unsaved() {
    this.device.querySelector("[data-state]").textContent = this.said.saidUnsaved;
    this.device.dataset.now = "unsaved";
  }

  async show() {
    const entries = await this.queue.all();
    const waiting = entries.filter(({ told }) => !told);
    this.#list("clashes", entries.filter(({ told }) => told?.outcome === "clash"), (entry) => this.#clash(entry));
    this.#list("refused", entries.filter(({ told }) => told?.outcome === "refused"), (entry) => this.#refused(entry));
    this.device.querySelector("[data-rescue]").hidden = entries.length === 0;
    const words = this.isTyping() ? this.said.saidUnsaved : this.#words(entries.length, waiting.length);
    if (words) this.device.querySelector("[data-state]").textContent = words;
    if (this.#receipt) this.#showReceipt();
    this.device.dataset.now = this.#now(entries.length);
  }

  #now(count) {
    if (this.isTyping() || (count && !this.queue.vault.lasts)) return "unsaved";
    return count ? "device" : "server";
  }

  #words(all, waiting) {
    const { said, courier } = this;
    const lasts = this.queue.vault.lasts;
    if (all === 0) return this.#receipt && shown(said.saidServer, { at: this.#receipt.at });
    if (!lasts) return said.saidInsecure;
    if (waiting === 0) return said.saidChoice;
    if (courier.why === "signed-out") return said.saidSignedOut;
    if (courier.why === "ended") return said.saidEnded;
    return shown(said.saidDevice, { count: waiting });
  }

  #list(name, entries, line) {
    const area = this.device.querySelector(`[data-${name}]`);
    area.hidden = entries.length === 0;
    area.querySelector("ul").replaceChildren(...entries.map(line));
  }

  #named(entry) {
    return `${this.names(entry)} `;
  }

  #clash(entry) {
    const { said } = this;
    const line = document.createElement("li");
    const [mine, theirs] = [entry.value, entry.told.theirs].map((value) => value || said.saidEmpty);
    line.dataset.clash = entry.box;
    line.append(`${this.#named(entry)}– ${said.saidHere}: ${mine}; ${said.saidThere}: ${theirs} `);
    const buttons = document.createElement("span");
    buttons.className = "button-row";
    buttons.append(
      button(`${said.saidMine} (${mine})`, () => this.choose(entry, true)),
      button(`${said.saidTheirs} (${theirs})`, () => this.choose(entry, false)),
    );
    line.append(buttons);
    return line;
  }

  #refused(entry) {
    const line = document.createElement("li");
    line.dataset.reason = entry.told.reason;
    line.textContent = `${this.#named(entry)}– ${entry.value || this.said.saidEmpty}: ${entry.told.words}`;
    return line;
  }

  #showReceipt() {
    const { at, digest, url } = this.#receipt;
    const link = this.device.querySelector("[data-receipt]");
    link.hidden = false;
    link.href = url;
    link.textContent = shown(this.said.saidReceipt, { at, digest: digest.slice(0, 12) });
    link.dataset.digest = digest;
  }

  // Plain text on purpose: whoever holds the file can read it, and the juror is told by handing it over.
  async rescue() {
    const entries = (await this.queue.all()).map(({ told, ...entry }) => ({ name: this.names(entry), ...entry }));
    const content = JSON.stringify({ device: this.queue.vault.device, written: new Date().toISOString(), entries }, null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = `nilai-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
