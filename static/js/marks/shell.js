// The page without a network: lists and sheets made from the boards stored on this device.

const made = (name) => document.querySelector(`template[data-for=${name}]`).content.firstElementChild.cloneNode(true);

function list(board, waiting) {
  const panel = made("list");
  panel.querySelector("[data-title]").textContent = board.title;
  for (const sheet of board.sheets) {
    const row = made("row");
    const link = row.querySelector("[data-name]");
    link.textContent = sheet.name;
    link.href = sheet.url;
    row.querySelector("[data-hint]").textContent = sheet.closedBecause || sheet.category;
    row.querySelector("[data-closed]").hidden = !sheet.isClosed || Boolean(sheet.closedBecause);
    row.toggleAttribute("data-waiting", waiting.has(sheet.nomination));
    panel.querySelector("ul").append(row);
  }
  return panel;
}

function criterion(pk, content, values) {
  const part = made("criterion");
  const [mark, comment] = part.querySelectorAll("[data-box]");
  part.dataset.criterion = pk;
  part.dataset.name = content.name;
  part.querySelector("label").textContent = content.name;
  part.querySelector("[data-guidance]").textContent = content.guidance;
  part.querySelector("label").htmlFor = mark.id = `id_mark_${pk}`;
  mark.name = `mark_${pk}`;
  mark.dataset.weight = content.weight;
  mark.defaultValue = values[mark.name];
  comment.name = `remark_${pk}`;
  comment.defaultValue = values[comment.name];
  comment.setAttribute("aria-label", `${part.querySelector("summary").textContent} ${content.name}`);
  part.querySelector("details").open = Boolean(comment.value);
  const levels = part.querySelector(".levels");
  levels.hidden = content.levels.length === 0;
  for (const { least, most, words: meaning } of content.levels) {
    const level = document.createElement("li");
    Object.assign(level.dataset, { least, most });
    level.textContent = `${least}–${most} ${meaning}`;
    levels.append(level);
  }
  return part;
}

function next(board, sheet) {
  const open = board.sheets.filter((one) => !one.isClosed);
  return open[open.indexOf(sheet) + 1] ?? open[0];
}

// The sheet of an address, with its board; both undefined when not stored on this device.
function stored(boards, url) {
  const board = boards.find((one) => one.sheets.some((sheet) => sheet.url === url));
  return [board, board?.sheets.find((sheet) => sheet.url === url)];
}

// Offline, the board gives the next candidate in place of the server.
function goOn(boards) {
  const here = location.pathname.replace(/berikut\/$/, "");
  if (here === location.pathname) return;
  const [board, sheet] = stored(boards, here);
  const found = board && next(board, sheet);
  if (found) history.replaceState(null, "", found.url);
}

function form(board, sheet) {
  const page = made("sheet");
  Object.assign(page.dataset, { panel: board.panel, nomination: sheet.nomination, version: sheet.version });
  if (board.commentBelow !== null) page.dataset.commentBelow = board.commentBelow;
  if (board.commentAbove !== null) page.dataset.commentAbove = board.commentAbove;
  page.dataset.next = next(board, sheet).url;
  page.querySelector("[data-criteria]").append(...sheet.criteria.map((pk) => criterion(pk, board.criteria[pk], sheet.values)));
  page.elements.remark.defaultValue = sheet.values.remark;
  return page;
}

function cell(row, kind, text, className = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  made.className = className;
  row.append(made);
  return made;
}

function fact({ name, weight, points, told: lines, files }) {
  const line = document.createElement("div");
  cell(cell(line, "dt", `${name} `), "small", weight);
  const content = cell(line, "dd", "");
  if (points) cell(content, "strong", points);
  for (const part of [...lines, ...files]) cell(content, "p", part);
  return line;
}

function dossier({ facts, trend }) {
  const part = made("dossier");
  part.querySelector("dl").append(...facts.map(fact));
  part.querySelector("[data-trend]").hidden = trend.length === 0;
  const [head, body] = part.querySelectorAll("thead tr, tbody");
  for (const { year } of trend[0]?.years ?? []) cell(head, "th", year, "number").scope = "col";
  for (const { name, years } of trend) {
    const row = body.insertRow();
    cell(row, "th", name).scope = "row";
    for (const { share } of years) cell(row, "td", share, "number");
  }
  return part;
}

// The list, the sheet of this address, or the message that it is not stored on this device.
export function build(shell, boards, entries) {
  goOn(boards);
  const waiting = new Set(entries.map((entry) => entry.nomination));
  const [board, sheet] = stored(boards, location.pathname);
  if (sheet && !sheet.isClosed) {
    document.querySelector("[data-heading]").textContent = sheet.name;
    shell.prepend(made("strip"), form(board, sheet), ...(sheet.facts ? [dossier(sheet)] : []));
  } else if (location.pathname.split("/").length === 3 && boards.length) {
    shell.prepend(...boards.map((one) => list(one, waiting)));
  } else {
    const nothing = shell.querySelector("[data-nothing]");
    if (sheet?.closedBecause) nothing.textContent = sheet.closedBecause;
    nothing.hidden = false;
  }
}
