// The marks stored on a device: one database per person, every record encrypted. The key comes from the server for one
// session and is held no longer than that session's mark in the cookies; without it the records stay, unreadable, until
// the same person signs in again.

const PREFIX = "paritrana-marks-";
const NAME = (person) => `${PREFIX}${person}`;
const STORES = { keys: {}, entries: { autoIncrement: true }, boards: {} };
const CIPHER = "AES-GCM";
const KEYS = "/penilaian/kunci/";
const HELD = "session";
const FORMER = "key"; // made by the browser itself, until releases whose keys come from the server

export class Locked extends Error {}

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Who is signed in here, and in which session: set and taken away by the server alone.
export function reader() {
  const [, person, session] = document.cookie.match(/(?:^|; )reader=(\d+)\.(\w+)/) ?? [];
  return person ? { person, session } : null;
}

// Store a value under its name, unless another tab did so first; returns the stored one.
async function storeOnce(database, name, made) {
  const store = database.transaction("keys", "readwrite").objectStore("keys");
  const existing = await done(store.get(name));
  if (existing) return existing;
  await done(store.put(made, name));
  return made;
}

async function imported(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, CIPHER, false, ["encrypt", "decrypt"]);
}

async function keysOf(database, { person, session }) {
  const held = await done(database.transaction("keys").objectStore("keys").get(HELD));
  if (held?.session === session) return held.keys;
  const answer = await fetch(KEYS, { headers: { Accept: "application/json" } }).catch(() => null);
  const given = answer?.ok && !answer.redirected ? await answer.json() : null;
  if (String(given?.person) !== person) throw new Locked();
  const keys = await Promise.all(given.keys.map(imported));
  await done(database.transaction("keys", "readwrite").objectStore("keys").put({ session, keys }, HELD));
  return keys;
}

class Vault {
  lasts = true;

  // The first key writes; the others, of before the server changed its secret, only read.
  constructor(database, keys, device, person) {
    Object.assign(this, { database, keys, device, person: Number(person) });
  }

  store(name, mode = "readonly") {
    return this.database.transaction(name, mode).objectStore(name);
  }

  async seal(value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: CIPHER, iv }, this.keys[0], new TextEncoder().encode(JSON.stringify(value)));
    return { iv, data };
  }

  async unseal({ iv, data }) {
    for (const key of this.keys) {
      const plain = await crypto.subtle.decrypt({ name: CIPHER, iv }, key, data).catch(() => null);
      if (plain) return JSON.parse(new TextDecoder().decode(plain));
    }
    throw new Locked();
  }

  async add(name, value) {
    const record = await this.seal(value);
    return done(this.store(name, "readwrite").add(record));
  }

  async put(name, id, value) {
    const record = await this.seal(value);
    await done(this.store(name, "readwrite").put(record, id));
  }

  // Replace only an existing record: a newer one may have been added meanwhile.
  async replace(name, id, value) {
    const record = await this.seal(value);
    const store = this.store(name, "readwrite");
    if ((await done(store.getKey(id))) !== undefined) await done(store.put(record, id));
  }

  async get(name, id) {
    const record = await done(this.store(name).get(id));
    return record && this.unseal(record);
  }

  async all(name) {
    const store = this.store(name);
    const [ids, records] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return Promise.all(ids.map(async (id, at) => [id, await this.unseal(records[at])]));
  }

  async remove(name, id) {
    await done(this.store(name, "readwrite").delete(id));
  }

  // What a former release sealed with a key of the browser is sealed anew with that of the session.
  async adopt() {
    const former = await done(this.store("keys").get(FORMER));
    if (!former) return;
    this.keys.push(former);
    for (const name of ["entries", "boards"]) for (const [id, value] of await this.all(name)) await this.put(name, id, value);
    this.keys.pop();
    await this.remove("keys", FORMER);
  }
}

// Where the browser offers no encryption (a page without https) nothing is stored: it lasts as long as the page.
export class Memory {
  lasts = false;
  person = Number(reader()?.person);
  device = "00000000-0000-4000-8000-" + String(Date.now() % 1e12).padStart(12, "0");
  stores = { entries: new Map(), boards: new Map() };
  last = 0;

  async add(name, value) {
    this.stores[name].set((this.last += 1), value);
    return this.last;
  }

  async put(name, id, value) {
    this.stores[name].set(id, value);
  }

  async replace(name, id, value) {
    if (this.stores[name].has(id)) this.stores[name].set(id, value);
  }

  async get(name, id) {
    return this.stores[name].get(id);
  }

  async all(name) {
    return [...this.stores[name]];
  }

  async remove(name, id) {
    this.stores[name].delete(id);
  }
}

// Of whoever is signed in, and of nobody else; ``Locked`` where the session is over or the server has not opened it.
export async function openVault() {
  const here = reader();
  if (!here) throw new Locked();
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return new Memory();
  try {
    const opening = indexedDB.open(NAME(here.person), 1);
    opening.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) opening.result.createObjectStore(name, options);
    };
    const database = await done(opening);
    database.onversionchange = () => database.close();
    const keys = await keysOf(database, here);
    const vault = new Vault(database, keys, await storeOnce(database, "device", crypto.randomUUID()), here.person);
    await vault.adopt();
    return vault;
  } catch (error) {
    if (error instanceof Locked) throw error;
    return new Memory();
  }
}

async function existing(person) {
  const opening = indexedDB.open(NAME(person));
  opening.onupgradeneeded = () => opening.transaction.abort();
  return done(opening).catch(() => null);
}

// Everybody with something on this device.
async function people() {
  const found = (await globalThis.indexedDB?.databases?.()) ?? [];
  return found.filter(({ name }) => name.startsWith(PREFIX)).map(({ name }) => name.slice(PREFIX.length));
}

// How many unsent entries wait on the device, of anybody, without decrypting them.
export async function waiting() {
  let count = 0;
  for (const person of await people()) {
    const database = await existing(person);
    if (!database) continue;
    count += await done(database.transaction("entries").objectStore("entries").count());
    database.close();
  }
  return count;
}

// Take the key and the board away; unsent entries stay, unreadable. With nothing unsent everything is deleted.
export async function lock(person) {
  const database = await existing(person);
  if (!database) return;
  const change = database.transaction(["keys", "boards", "entries"], "readwrite");
  change.objectStore("keys").delete(HELD);
  change.objectStore("boards").clear();
  const count = await done(change.objectStore("entries").count());
  database.close();
  if (count === 0) await done(indexedDB.deleteDatabase(NAME(person)));
}

// Lock what belongs to anybody but whoever is signed in: also where signing out ran no script.
export async function lockOthers() {
  const here = reader();
  for (const person of await people()) if (person !== here?.person) await lock(person);
}
