// On the map the arrow keys go to the nearest tile in their direction; Tab goes through all of them as everywhere.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle(tile) {
  const box = tile.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

function nearest(from, tiles, [dx, dy]) {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const tile of tiles) {
    const [there, below] = middle(tile);
    const ahead = (there - x) * dx + (below - y) * dy;
    const aside = Math.abs((there - x) * dy) + Math.abs((below - y) * dx);
    const far = ahead + 2 * aside;
    if (ahead > 1 && aside <= 2 * ahead && far < least) [best, least] = [tile, far];
  }
  return best;
}

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  const tile = event.target.closest?.(".atlas-tile, .atlas-card");
  if (!way || !tile || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = nearest(tile, document.querySelectorAll(".atlas-tile, .atlas-card"), way);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
