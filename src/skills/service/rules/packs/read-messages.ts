import { readCsv } from "#kernel";
import type { PackFault, PackMessage } from "./pack.ts";

const HEADER = "language,text,intent";

/** Reads messages.csv of a pack. @returns what could be read, and what is wrong with the rest */
export function readMessages(file: string, source: string): { messages: PackMessage[]; faults: PackFault[] } {
  if (source === "") return { messages: [], faults: [] };
  const { records, skipped } = readCsv(source);
  const faults: PackFault[] = skipped.map(({ line, reason }) => ({ file, line, message: reason }));
  const [head, ...rows] = records;
  if (head?.fields.join() !== HEADER) {
    faults.push({ file, line: 1, message: `the header is ${HEADER}` });
    return { messages: [], faults };
  }
  const messages: PackMessage[] = [];
  for (const { line, fields } of rows) {
    const [language, text = "", intent = ""] = fields;
    if ((language === "de" || language === "en") && fields.length === 3 && text !== "" && intent !== "")
      messages.push({ language, text, intent });
    else faults.push({ file, line, message: "a message has a language (de or en), a text and an intent" });
  }
  return { messages, faults };
}
