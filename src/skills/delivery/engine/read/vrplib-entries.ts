import { InstanceFault } from "../instance-fault.ts";

/** A VRPLIB file taken apart: keys with their text, sections with their rows of words. */
export interface Entries {
  readonly keys: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, readonly SectionRow[]>;
}

export interface SectionRow {
  readonly line: number;
  readonly words: readonly string[];
}

/** @throws InstanceFault naming a key or section that is not known, stands twice, or a line that belongs to none */
export function entriesOf(
  text: string,
  known: { readonly keys: readonly string[]; readonly sections: readonly string[] },
): Entries {
  const keys = new Map<string, string>();
  const sections = new Map<string, SectionRow[]>();
  let open: SectionRow[] | undefined;
  for (const [n, line] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === "") continue;
    if (trimmed === "EOF") break;
    if (/^[\d.+-]/.test(trimmed)) {
      if (!open) throw new InstanceFault(`Line ${n + 1} has numbers that belong to no section.`);
      open.push({ line: n + 1, words: trimmed.split(/\s+/) });
      continue;
    }
    const [, name = "", value] = /^([A-Za-z_]+)\s*(?::\s*(.*))?$/.exec(trimmed) ?? [];
    const isSection = name.endsWith("_SECTION");
    if (!(isSection ? known.sections : known.keys).includes(name))
      throw new InstanceFault(
        `${isSection ? "The section" : "The key"} ${name || trimmed.slice(0, 40)} (line ${n + 1}) is not known; nothing was left out silently, so the file was not read.`,
      );
    if (keys.has(name) || sections.has(name))
      throw new InstanceFault(`${name} stands twice (line ${n + 1}).`);
    open = isSection ? [] : undefined;
    if (open) sections.set(name, open);
    else if (value === undefined) throw new InstanceFault(`${name} (line ${n + 1}) has no value.`);
    else keys.set(name, value.trim());
  }
  return { keys, sections };
}
