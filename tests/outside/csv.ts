import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Files of the task's shared folder, which a clone of the repository alone does not have. */
export const sharedPath = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
export const hasShared = (path: string): boolean => existsSync(sharedPath(path));

/** RFC 4180, header first. Written apart from the product's reader, which the journeys test. */
export function readCsv(file: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const text = readFileSync(file, "utf8").replace(/\r\n/g, "\n");
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (isQuoted && char === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (char === "," || char === "\n")) {
      rows.at(-1)?.push(cell);
      cell = "";
      if (char === "\n") rows.push([]);
    } else cell += char;
  }
  rows.at(-1)?.push(cell);
  const [header = [], ...records] = rows.filter((row) => row.length > 1);
  return records.map((row) => Object.fromEntries(header.map((name, n) => [name, row[n] ?? ""])));
}
