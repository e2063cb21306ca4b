// A block copied from a spreadsheet: lines and tabs, cells with line breaks or tabs inside quotation marks.

export function cells(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const end = () => {
    // Spaces that only look like one, and marks of no width, are left for the server, which names them.
    rows.at(-1).push(cell.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
    cell = "";
  };
  const body = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at];
    if (quoted) {
      if (letter === '"' && body[at + 1] === '"') {
        cell += letter;
        at += 1;
      } else if (letter === '"') quoted = false;
      else cell += letter;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === "\t") end();
    else if (letter === "\n") {
      end();
      rows.push([]);
    } else cell += letter;
  }
  end();
  return rows;
}
