import { rescue } from "./rescue.js";

// Shows where the marks are stored (server, this device, not yet), and the choices a person must make.

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

  constructor(device, { queue, courier, names, address, choose, isTyping }) {
    Object.assign(this, { device, texts: device.dataset, queue, courier, names, address, choose, isTyping });
    courier.addEventListener("answered", (event) => {
      this.#receipt = event.detail.receipt;
    });
    courier.addEventListener("settled", () => this.show());
    device.querySelector("[data-rescue]").addEventListener("click", () => rescue(queue.vault));
  }

  unsaved() {
    this.device.querySelector("[data-state]").textContent = this.texts.textUnsaved;
    this.device.dataset.now = "unsaved";
  }

  async show() {
    const entries = await this.queue.all();
    const waiting = entries.filter(({ answer }) => !answer);
    this.#list("clashes", entries.filter(({ answer }) => answer?.outcome === "clash"), (entry) => this.#clash(entry));
    this.#list("refused", entries.filter(({ answer }) => answer?.outcome === "refused"), (entry) => this.#refused(entry));
    this.device.querySelector("[data-rescue]").hidden = entries.length === 0;
    const text = this.isTyping() ? this.texts.textUnsaved : this.#text(entries.length, waiting.length);
    if (text) this.device.querySelector("[data-state]").textContent = text;
    if (this.#receipt) this.#showReceipt();
    this.device.dataset.now = this.#now(entries.length);
  }

  #now(count) {
    if (this.isTyping() || (count && !this.queue.vault.lasts)) return "unsaved";
    return count ? "device" : "server";
  }

  #text(all, waiting) {
    const { texts, courier } = this;
    const lasts = this.queue.vault.lasts;
    if (all === 0) return this.#receipt && shown(texts.textServer, { at: this.#receipt.at });
    if (!lasts) return texts.textInsecure;
    if (waiting === 0) return texts.textChoice;
    if (courier.why === "signed-out") return texts.textSignedOut;
    if (courier.why === "ended") return texts.textEnded;
    return shown(texts.textDevice, { count: waiting });
  }

  #list(name, entries, line) {
    const area = this.device.querySelector(`[data-${name}]`);
    area.hidden = entries.length === 0;
    area.querySelector("ul").replaceChildren(...entries.map(line));
  }

  // The name, as a link to the sheet from every other page.
  #named(entry) {
    const url = this.address(entry);
    const named = document.createElement(url && url !== location.pathname ? "a" : "span");
    if (named.matches("a")) named.href = `${url}#id_${entry.box}`;
    named.textContent = this.names(entry);
    return named;
  }

  #clash(entry) {
    const { texts } = this;
    const line = document.createElement("li");
    const [mine, theirs] = [entry.value, entry.answer.theirs].map((value) => value || texts.textEmpty);
    line.dataset.clash = entry.box;
    line.append(this.#named(entry), ` – ${texts.textHere}: ${mine}; ${texts.textThere}: ${theirs} `);
    const buttons = document.createElement("span");
    buttons.className = "button-row";
    buttons.append(
      button(`${texts.textMine} (${mine})`, () => this.choose(entry, true)),
      button(`${texts.textTheirs} (${theirs})`, () => this.choose(entry, false)),
    );
    line.append(buttons);
    return line;
  }

  #refused(entry) {
    const line = document.createElement("li");
    line.dataset.reason = entry.answer.reason;
    line.append(this.#named(entry), ` – ${entry.value || this.texts.textEmpty}: ${entry.answer.words}`);
    return line;
  }

  #showReceipt() {
    const { at, digest, url } = this.#receipt;
    const link = this.device.querySelector("[data-receipt]");
    link.hidden = false;
    link.href = url;
    link.textContent = shown(this.texts.textReceipt, { at, digest: digest.slice(0, 12) });
    link.dataset.digest = digest;
  }
}
