// Every page of a juror: the queue, its delivery, the state shown; and the service worker for offline use.

import { Courier } from "./courier.js";
import { Queue } from "./queue.js";
import { Sheet } from "./sheet.js";
import { namesFrom } from "./rescue.js";
import { build } from "./shell.js";
import { State } from "./state.js";
import { Memory, openVault } from "./vault.js";

const devices = [...document.querySelectorAll("[data-device]")];
const shell = document.querySelector("[data-shell]");

const GLANCE = 1500;
const SHEETS = "/penilaian/";
const SHELL = "/penilaian/luring/";

// The page of the device asks for the server itself, and gives way to the server's page once that answers in time and
// nothing is being typed: what was typed is on the device, and is sent from there.
let isLeaving = false;
window.addEventListener("beforeunload", () => (isLeaving = true));

function watch(isTyping) {
  setTimeout(async () => {
    const isBack = navigator.onLine && !isTyping() && (await answers());
    if (isLeaving) return; // a page asked for is on its way; loading this one again would stop it
    if (isBack && !isTyping()) giveWay();
    else watch(isTyping);
  }, GLANCE / 3);
}

// Under its own address the server has nothing else than this page: loading it again would never end.
function giveWay() {
  if (location.pathname === SHELL) location.replace(SHEETS);
  else location.reload();
}

async function answers() {
  try {
    const options = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(GLANCE) };
    return (await fetch(SHELL, options)).ok;
  } catch {
    return false;
  }
}

function addressesFrom(boards) {
  return ({ panel, nomination }) =>
    boards.find((one) => one.panel === panel)?.sheets.find((one) => one.nomination === nomination)?.url;
}

async function begin() {
  const vault = await openVault().catch(() => (shell ? null : new Memory()));
  if (vault === null) return showLocked();
  const queue = new Queue(vault);
  const addresses = devices.map((device) => device.dataset.boards).filter(Boolean);
  const courier = new Courier(queue, addresses);
  const boards = (await queue.vault.all("boards")).map(([, board]) => board);
  if (shell) build(shell, boards, await queue.all());
  // Below the buttons, here as on the server's page: what appears above one moves it away from under the finger.
  shell?.querySelector(".sheet-foot .button-row")?.after(devices[0]);
  const form = document.querySelector("[data-sheet]");
  let sheet = null;
  const choose = async (entry, takesMine) => (sheet ?? new Elsewhere(queue, courier)).choose(entry, takesMine);
  const isTyping = () => sheet?.isTyping ?? false;
  const states = devices.map((device) => new State(device, { queue, courier, names: namesFrom(boards), address: addressesFrom(boards), choose, isTyping }));
  if (form) {
    sheet = new Sheet(form, { queue, courier, state: states[0] });
    await sheet.recover();
  }
  for (const state of states) await state.show();
  document.documentElement.dataset.marks = "ready";
  await courier.send(true);
  if (shell) return watch(isTyping);
  for (const address of addresses) storeBoard(courier, address, boards);
}

// The session is over, or somebody else is signed in: what lies here is not for this person.
function showLocked() {
  shell.querySelector("[data-locked]").hidden = false;
  document.documentElement.dataset.marks = "locked";
  watch(() => false);
}

// A choice made on a page that does not show the sheet.
class Elsewhere {
  constructor(queue, courier) {
    Object.assign(this, { queue, courier });
  }

  async choose(entry, takesMine) {
    await this.queue.choose(entry, takesMine);
    await this.courier.send();
  }
}

async function storeBoard(courier, address, boards) {
  try {
    boards.push(await courier.refresh(address));
    document.documentElement.dataset.board = "stored";
  } catch {
    // The stored board stays; the state of the queue shows what is wrong.
  }
}

if (devices.length) {
  begin();
  navigator.serviceWorker?.register("/penilaian/luring.js", { scope: "/penilaian/" }).catch(() => {});
}
