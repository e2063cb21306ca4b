// Answers for the pages of score sheets when the server does not: with an empty page that the device fills itself.
// No mark and no name is stored here: only that page, styles and scripts.

const CACHE = "paritrana-marks-1";
const SHELL = "/penilaian/luring/";
const PATIENCE = 6000;

// The page and everything it asks for, found in its own text, then in the scripts.
async function keepShell() {
  const cache = await caches.open(CACHE);
  const page = await fetch(SHELL);
  if (!page.ok) return;
  const text = await page.clone().text();
  await cache.put(SHELL, page);
  const asked = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((match) => match[1]);
  await keepAll(cache, new Set(asked), new Set());
}

async function keepAll(cache, addresses, seen) {
  for (const address of addresses) {
    if (seen.has(address)) continue;
    seen.add(address);
    const found = await fetch(address);
    if (!found.ok) continue;
    const imports = address.endsWith(".js") ? await importsOf(found.clone(), address) : [];
    await cache.put(address, found);
    await keepAll(cache, imports, seen);
  }
}

async function importsOf(script, address) {
  const text = await script.text();
  const found = [...text.matchAll(/^(?:import|export)\s(?:[^"';]*from\s)?"(\.[^"]+)"/gm)];
  return found.map((match) => new URL(match[1], new URL(address, location.origin)).pathname);
}

async function page(request) {
  const late = new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}

async function asset(request) {
  try {
    const found = await fetch(request);
    if (found.ok) (await caches.open(CACHE)).put(request, found.clone());
    return found;
  } catch {
    return (await caches.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepShell().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(asset(request));
});
