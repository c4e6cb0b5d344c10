import { readdir, readFile } from "node:fs/promises";
import { type Pack, type PackFault, type PackFiles, readPack } from "../rules/packs/index.ts";

/** Starter packs come with the product, a folder each. */
const PACKS = new URL("../../../../packs/", import.meta.url);
/** What all trades share; it is included, never applied by itself. */
const SHARED = "base";

export interface ReadPacks {
  /** Those that a company may apply, by name. */
  readonly packs: ReadonlyMap<string, Pack>;
  /** The shared one, too. */
  readonly all: readonly Pack[];
  readonly faults: readonly PackFault[];
}

let read: Promise<ReadPacks> | undefined;

/** All packs of this installation; read once a process. */
export function readPacks(): Promise<ReadPacks> {
  read ??= readPackFolder(PACKS).catch((error: unknown) => {
    read = undefined;
    throw error;
  });
  return read;
}

/** @param folder one folder a pack, with pack.json, de.md, en.md, messages.csv and flows/ */
export async function readPackFolder(folder: URL): Promise<ReadPacks> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  // The shared one first: the others include it.
  names.sort((a, b) => Number(b === SHARED) - Number(a === SHARED) || a.localeCompare(b));
  const made = new Map<string, Pack>();
  const faults: PackFault[] = [];
  for (const name of names) {
    const found = readPack(await readFiles(folder, name), (other) => made.get(other));
    made.set(name, found.pack);
    faults.push(...found.faults);
  }
  const packs = new Map([...made].filter(([name]) => name !== SHARED));
  return { packs, all: [...made.values()], faults };
}

async function readFiles(folder: URL, name: string): Promise<PackFiles> {
  const text = (file: string) => readFile(new URL(`${name}/${file}`, folder), "utf8").catch(absent);
  const flows = await readdir(new URL(`${name}/flows/`, folder)).catch(() => []);
  return {
    name,
    settings: (await text("pack.json")) || "{}",
    words: { de: await text("de.md"), en: await text("en.md") },
    messages: await text("messages.csv"),
    flows: await Promise.all(
      flows
        .filter((file) => file.endsWith(".flow"))
        .sort()
        .map(async (file) => ({ name: file.replace(/\.flow$/, ""), text: await text(`flows/${file}`) })),
    ),
  };
}

/** A missing file is an empty one: the check names what lacks. */
function absent(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "";
  throw error;
}
