import type { Example, Line, Place } from "./document.ts";
import { commentsOf, type Node } from "./lines.ts";
import type { Parser } from "./parser.ts";

/** An example dialogue: one line of it a line. */
export function parseExample(parser: Parser, node: Node): Example {
  const name = node.text.replace(/^example\s*/, "");
  if (name === "") parser.fail(node, "exampleName");
  let language: "de" | "en" = "de";
  let today: string | null = null;
  let isClosed = false;
  const lines: Line[] = [];
  for (const child of node.children) {
    const [, key = "", rest = ""] = /^([a-z ]+?)(?::\s*|\s+(?=de$|en$|\d))(.*)$/.exec(child.text) ?? [];
    parser.noChildren(child);
    if (key === "language" && (rest === "de" || rest === "en")) language = rest;
    else if (key === "today" && isDay(rest)) today = rest;
    else if (child.text === "closed") isClosed = true;
    else {
      const line = lineOf(key, rest, child);
      if (line) lines.push(line);
      else parser.fail(child, "exampleLine", { found: child.text.slice(0, 40) });
    }
  }
  const { line, column } = node;
  return { line, column, comments: commentsOf(node), name, language, today, isClosed, lines };
}

function lineOf(key: string, rest: string, { line, column }: Place): Line | null {
  const place = { line, column };
  if (key === "customer") return { ...place, kind: "customer", text: rest, photo: false };
  if (key === "customer photo") return { ...place, kind: "customer", text: rest, photo: true };
  if (key === "bot" && rest !== "") return { ...place, kind: "bot", text: rest };
  if (key === "step" && rest !== "") return { ...place, kind: "step", step: rest };
  if (key === "ends" && (rest === "done" || rest === "person" || rest === "open"))
    return { ...place, kind: "ends", how: rest };
  if (key === "service" && rest === "nothing") return { ...place, kind: "service", status: null, body: "" };
  const answer = key === "service" ? /^([1-5]\d\d)(?:\s+(.*))?$/.exec(rest) : null;
  return answer ? { ...place, kind: "service", status: Number(answer[1]), body: answer[2] ?? "" } : null;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
