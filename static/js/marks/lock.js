// On every page: what a device keeps is for the person signed in, as long as that session lasts. The server says in a
// cookie who that is, so it does not matter which script runs first, or whether one ran when somebody signed out.

import { lock, lockOthers, reader } from "./vault.js";

const mark = () => JSON.stringify(reader());
const atFirst = mark();
const isOfAJuror = () => document.querySelector("[data-device], [data-shell]") !== null;
const SHEETS = "/penilaian/";

// The list of sheets without a panel: the seat was taken away, and the board with it.
async function lockWithoutASeat() {
  const here = reader();
  if (here && location.pathname === SHEETS && document.querySelector("[data-board-list]") && !isOfAJuror()) await lock(here.person);
}

// A page left open in another window while somebody signs out, or in as somebody else, shows nothing any more.
function look() {
  if (!document.hidden && isOfAJuror() && mark() !== atFirst) location.reload();
}

lockOthers().catch(() => {});
lockWithoutASeat().catch(() => {});
for (const event of ["pageshow", "focus"]) window.addEventListener(event, look);
document.addEventListener("visibilitychange", look);
