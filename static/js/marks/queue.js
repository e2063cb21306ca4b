// Values typed and not confirmed by the server: one entry per box, numbered by the device.

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

  // An entry written on the server is removed; otherwise it stays, with the server's answer.
  async settle(entry, answer) {
    if (answer.outcome === "written" || answer.outcome === "same") return this.vault.remove("entries", entry.sequence);
    const { sequence, ...change } = entry;
    return this.vault.replace("entries", sequence, { ...change, answer });
  }

  // The other value is sent too, over itself: it changes nothing, and the server knows that the choice was made.
  choose({ answer, sequence, ...change }, takesMine) {
    return this.put({ ...change, value: takesMine ? change.value : answer.theirs, base: answer.version });
  }
}
