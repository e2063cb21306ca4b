// Brings the queue to the server, one batch at a time, and tries again by itself until it got through.

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

  // The own board afresh: kept for the time without a network, and with it the token that lets this page write.
  async refresh(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    if (response.redirected) throw new Away("signed-out");
    if (response.status === 404) throw new Away("ended");
    if (!response.ok) throw new Error(response.status);
    const { token, ...board } = await response.json();
    this.#boards.set(board.panel, { token, deliver: board.deliver });
    await this.queue.vault.put("boards", board.panel, { ...board, address });
    return board;
  }

  // Everything that waits, until nothing new was asked for meanwhile; what was refused is offered again only when
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
      await (navigator.locks?.request("paritrana-marks", () => this.#bring(anew)) ?? this.#bring(anew));
      this.#pause = FIRST_PAUSE;
      this.why = null;
    } catch (error) {
      this.why = error instanceof Away ? error.message : "network";
      this.#timer = setTimeout(() => this.send(), this.#pause);
      this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    }
    this.dispatchEvent(new CustomEvent("settled"));
  }

  async #bring(anew) {
    const ready = (await this.queue.all()).filter(({ told }) => !told || (anew && told.outcome === "refused"));
    for (const panel of new Set(ready.map((entry) => entry.panel))) {
      const entries = ready.filter((entry) => entry.panel === panel).slice(0, MOST);
      const answer = await this.#deliver(panel, entries);
      const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
      for (const told of answer.outcomes) await this.queue.settle(bySequence.get(told.sequence), told);
      this.dispatchEvent(new CustomEvent("answered", { detail: { panel, entries, ...answer } }));
    }
  }

  async #deliver(panel, entries, isSecond = false) {
    const board = this.#boards.get(panel) ?? (await this.#fresh(panel));
    const sent = entries.map(({ sequence, nomination, box, value, base }) => ({ sequence, nomination, box, value, base }));
    const response = await fetch(board.deliver, {
      method: "POST",
      body: JSON.stringify({ device: this.queue.vault.device, entries: sent }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": board.token },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.redirected) throw new Away("signed-out");
    if (response.status === 404) throw new Away("ended");
    if (response.status === 403 && !isSecond) {
      // The token of a former session: ask for the one of this session.
      this.#boards.delete(panel);
      return this.#deliver(panel, entries, true);
    }
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  async #fresh(panel) {
    const kept = await this.queue.vault.get("boards", panel);
    await this.refresh(kept?.address ?? this.addresses.find((address) => address.includes(`/${panel}/`)));
    return this.#boards.get(panel);
  }
}
