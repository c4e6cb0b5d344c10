import { existsSync, readFileSync } from "node:fs";
import { readCsv } from "#kernel";

/** A question that somebody wrote who did not know the pack. */
export interface Question {
  readonly text: string;
  readonly isInScope: boolean;
}

const FOLDER = process.env.PACK_QUESTIONS
  ? new URL(`file://${process.env.PACK_QUESTIONS}/`)
  : new URL("./questions/", import.meta.url);
const TEXT = ["text", "question"];
const SCOPE = ["intent", "scope", "expected", "label", "topic", "in_scope", "concern"];
const OUT = /^(?:oos|out|none|no|0|false|out[ _-]of[ _-]scope)$/i;

/**
 * `TRADE.LANGUAGE.csv`: a column for the words, one that says `oos` (or none, out) where the trade cannot answer.
 * @returns nothing where there is no such file
 * @throws Error when the file has no such columns
 */
export function readQuestions(trade: string, language: "de" | "en"): Question[] {
  const file = new URL(`${trade}.${language}.csv`, FOLDER);
  if (!existsSync(file)) return [];
  const [head, ...rows] = readCsv(readFileSync(file, "utf8")).records;
  const names = (head?.fields ?? []).map((name) => name.trim().toLowerCase());
  const text = names.findIndex((name) => TEXT.includes(name));
  const scope = names.findIndex((name) => SCOPE.includes(name));
  if (text < 0 || scope < 0)
    throw new Error(
      `${trade}.${language}.csv needs a column of ${TEXT.join(", ")} and one of ${SCOPE.join(", ")}`,
    );
  return rows
    .map(({ fields }) => ({ text: fields[text] ?? "", isInScope: !OUT.test((fields[scope] ?? "").trim()) }))
    .filter((row) => row.text !== "");
}
