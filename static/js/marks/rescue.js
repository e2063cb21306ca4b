// The file a juror hands in on another device. Not encrypted on purpose: the committee must be able to read it.

export async function rescue(vault) {
  const boards = (await vault.all("boards")).map(([, board]) => board);
  const named = namesFrom(boards);
  const entries = (await vault.all("entries")).map(([sequence, { answer, ...entry }]) => ({ name: named(entry), ...entry, sequence }));
  const content = JSON.stringify({ device: vault.device, person: vault.person, written: new Date().toISOString(), entries }, null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `nilai-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Candidate and criterion of an entry, as far as the boards know them.
export function namesFrom(boards) {
  return ({ panel, nomination, box }) => {
    const board = boards.find((one) => one.panel === panel);
    const sheet = board?.sheets.find((one) => one.nomination === nomination);
    const criterion = board?.criteria[box.replace(/\D+/, "")];
    return [sheet?.name ?? nomination, criterion?.name].filter(Boolean).join(" · ");
  };
}
