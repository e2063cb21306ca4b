// Between a stage and a screen on another device: each tells the server where it went, and asks every second where the
// other went. Positions alone are sent, never steps, so that one that arrives twice, or late, does no harm.
const { line: address, token } = document.body.dataset;

// ``moved`` takes a position made elsewhere; ``heard`` every answer of the server, or null when there is none.
export function line({ moved, heard }) {
  let known = 0;
  let own = null;
  let isBusy = false;
  let timer = null;

  async function exchange(sent) {
    const body = sent && new URLSearchParams({ csrfmiddlewaretoken: token, ...sent });
    const answer = await fetch(address, { method: body ? "POST" : "GET", body: body || undefined, signal: AbortSignal.timeout(4000) });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return answer.json();
  }

  async function beat() {
    if (isBusy || !timer) return;
    isBusy = true;
    const sent = own;
    try {
      const state = await exchange(sent);
      if (own === sent) own = null;
      if (state.number > known) {
        known = state.number;
        if (!sent && !own) moved(state);
      }
      heard(state);
    } catch {
      heard(null);
    }
    isBusy = false;
  }

  return {
    start() {
      timer = setInterval(beat, 1000);
      beat();
    },
    stop() {
      clearInterval(timer);
      timer = null;
    },
    tell(position) {
      own = position;
      beat();
    },
    answer: (number) => exchange({ shown: number }).catch(() => {}),
  };
}
