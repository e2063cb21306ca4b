// Sends the queue to the server, one batch at a time, and tries again until it succeeds.

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;
const PATIENCE = 15_000;
const MOST = 500;

class Away extends Error {}

export class Courier extends EventTarget {
  #boards = new Map();
  #running = null;
  #wanted = false;
  #anew = false;
  #pause = FIRST_PAUSE;
  #timer = null;

  constructor(queue, addresses) {
    super();
    this.queue = queue;
    this.addresses = addresses;
    this.why = null;
    window.addEventListener("online", () => this.send(true));
    document.addEventListener("visibilitychange", () => document.hidden || this.send(true));
  }

  // Fetch the own board again: stored for offline use, with the token that lets this page write.
  async refresh(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    if (response.redirected) throw new Away("signed-out");
    if (response.status === 404) {
      await this.#forget(address);
      throw new Away("ended");
    }
    if (!response.ok) throw new Error(response.status);
    const { token, ...board } = await response.json();
    this.#boards.set(board.panel, { token, deliver: board.deliver });
    await this.queue.vault.put("boards", board.panel, { ...board, address });
    return board;
  }

  // The seat was taken away: what it let the juror read leaves the device.
  async #forget(address) {
    for (const [panel, board] of await this.queue.vault.all("boards")) {
      if (board.address === address) await this.queue.vault.remove("boards", panel);
    }
  }

  // Send all waiting entries until none was added meanwhile; refused ones are sent again only when
  // something may have changed (``anew``).
  send(anew = false) {
    this.#wanted = true;
    this.#anew ||= anew;
    this.#running ??= this.#rounds().finally(() => {
      this.#running = null;
      if (this.#wanted) return this.send();
    });
    return this.#running;
  }

  async #rounds() {
    while (this.#wanted) {
      const anew = this.#anew;
      this.#wanted = this.#anew = false;
      await this.#round(anew);
    }
  }

  async #round(anew) {
    clearTimeout(this.#timer);
    try {
      await (navigator.locks?.request("paritrana-marks", () => this.#deliverAll(anew)) ?? this.#deliverAll(anew));
      this.#pause = FIRST_PAUSE;
      this.why = null;
    } catch (error) {
      this.why = error instanceof Away ? error.message : "network";
      this.#timer = setTimeout(() => this.send(), this.#pause);
      this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    }
    this.dispatchEvent(new CustomEvent("settled"));
  }

  async #deliverAll(anew) {
    const ready = (await this.queue.all()).filter(({ answer }) => !answer || (anew && answer.outcome === "refused"));
    for (const panel of new Set(ready.map((entry) => entry.panel))) {
      const entries = ready.filter((entry) => entry.panel === panel).slice(0, MOST);
      const reply = await this.#deliver(panel, entries);
      const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
      for (const answer of reply.outcomes) await this.queue.settle(bySequence.get(answer.sequence), answer);
      await this.#remember(panel, reply.sheets);
      this.dispatchEvent(new CustomEvent("answered", { detail: { panel, entries, ...reply } }));
    }
  }

  // A sheet opened without a network shows what the server held last.
  async #remember(panel, sheets) {
    const board = await this.queue.vault.get("boards", panel);
    for (const sheet of board?.sheets ?? []) Object.assign(sheet, sheets[sheet.nomination]);
    if (board) await this.queue.vault.replace("boards", panel, board);
  }

  async #deliver(panel, entries, isSecond = false) {
    const board = this.#boards.get(panel) ?? (await this.#fresh(panel));
    const sent = entries.map(({ sequence, nomination, box, value, base }) => ({ sequence, nomination, box, value, base }));
    const response = await fetch(board.deliver, {
      method: "POST",
      body: JSON.stringify({ device: this.queue.vault.device, person: this.queue.vault.person, entries: sent }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": board.token },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.redirected || response.status === 409) throw new Away("signed-out");
    if (response.status === 404) throw new Away("ended");
    if (response.status === 403 && !isSecond) {
      // The token of an earlier session: fetch the one of this session.
      this.#boards.delete(panel);
      return this.#deliver(panel, entries, true);
    }
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  async #fresh(panel) {
    const stored = await this.queue.vault.get("boards", panel);
    await this.refresh(stored?.address ?? this.addresses.find((address) => address.includes(`/${panel}/`)));
    return this.#boards.get(panel);
  }
}
