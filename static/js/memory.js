// Small choices of this browser; a browser that keeps nothing still works.
const KEY = (name) => `paritrana:${name}`;

export function recall(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(KEY(name))) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(KEY(name), JSON.stringify(value));
  } catch {
    // Storage may be full or forbidden: the choice then lasts for this page only.
  }
}
