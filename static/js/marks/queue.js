// What was typed and is not known to be on the server: one entry per box, numbered by the device.

export class Queue {
  #tail = Promise.resolve();

  constructor(vault) {
    this.vault = vault;
  }

  // One after the other, so that the last value of a box is the one that stays.
  put(entry) {
    this.#tail = this.#tail.then(async () => {
      const before = await this.of(entry.panel, entry.nomination, entry.box);
      await this.vault.add("entries", entry);
      for (const { sequence } of before) await this.vault.remove("entries", sequence);
    });
    return this.#tail;
  }

  async all() {
    await this.#tail.catch(() => {});
    const found = await this.vault.all("entries");
    return found.map(([sequence, entry]) => ({ ...entry, sequence }));
  }

  async of(panel, nomination, box) {
    const found = (await this.vault.all("entries")).map(([sequence, entry]) => ({ ...entry, sequence }));
    return found.filter(
      (entry) => entry.panel === panel && entry.nomination === nomination && (!box || entry.box === box),
    );
  }

  // What became of an entry: on the server it is done with, otherwise it stays with what the server said.
  async settle(entry, told) {
    if (told.outcome === "written" || told.outcome === "same") return this.vault.remove("entries", entry.sequence);
    const { sequence, ...kept } = entry;
    return this.vault.replace("entries", sequence, { ...kept, told });
  }

  async drop(sequence) {
    await this.vault.remove("entries", sequence);
  }
}
