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
/**
 * `TRADE.LANGUAGE.csv` with the header `text,kind`; kind is `in`, or `oos` where the trade cannot answer.
 * @returns nothing where there is no such file
 * @throws Error when the file has another header or kind
 */
export function readQuestions(trade: string, language: "de" | "en"): Question[] {
  const name = `${trade}.${language}.csv`;
  const file = new URL(name, FOLDER);
  if (!existsSync(file)) return [];
  const [head, ...rows] = readCsv(readFileSync(file, "utf8")).records;
  if (head?.fields.join() !== "text,kind") throw new Error(`${name} needs the header text,kind`);
  return rows.map(({ fields: [text = "", kind] }, place) => {
    if (kind !== "in" && kind !== "oos") throw new Error(`${name}, question ${place + 1}: kind is in or oos`);
    return { text, isInScope: kind === "in" };
  });
}
