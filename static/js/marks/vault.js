// The marks stored on a device: one database per person, every record encrypted with a key that cannot be exported.

const NAME = (person) => `paritrana-marks-${person}`;
const STORES = { keys: {}, entries: { autoIncrement: true }, boards: {} };
const CIPHER = "AES-GCM";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Store a value under its name, unless another tab did so first; returns the stored one.
async function storeOnce(database, name, made) {
  const store = database.transaction("keys", "readwrite").objectStore("keys");
  const existing = await done(store.get(name));
  if (existing) return existing;
  await done(store.put(made, name));
  return made;
}

class Vault {
  lasts = true;

  constructor(database, key, device) {
    Object.assign(this, { database, key, device });
  }

  store(name, mode = "readonly") {
    return this.database.transaction(name, mode).objectStore(name);
  }

  async seal(value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: CIPHER, iv }, this.key, new TextEncoder().encode(JSON.stringify(value)));
    return { iv, data };
  }

  async unseal({ iv, data }) {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: CIPHER, iv }, this.key, data)));
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
}

// Where the browser offers no encryption (a page without https) nothing is stored: it lasts as long as the page.
class Memory {
  lasts = false;
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

export async function openVault(person) {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return new Memory();
  try {
    const opening = indexedDB.open(NAME(person), 1);
    opening.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) opening.result.createObjectStore(name, options);
    };
    const database = await done(opening);
    database.onversionchange = () => database.close();
    const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
    const key = await storeOnce(database, "key", made);
    return new Vault(database, key, await storeOnce(database, "device", crypto.randomUUID()));
  } catch {
    return new Memory();
  }
}

// How many entries of this person wait on the device, without decrypting them.
export async function waiting(person) {
  const opening = indexedDB.open(NAME(person));
  opening.onupgradeneeded = () => opening.transaction.abort();
  try {
    const database = await done(opening);
    const count = await done(database.transaction("entries").objectStore("entries").count());
    database.close();
    return count;
  } catch {
    return 0;
  }
}

// Delete everything stored for this person.
export async function destroy(person) {
  await done(indexedDB.deleteDatabase(NAME(person)));
}
