import {
  type FlowDocument,
  LIMITS,
  type Place,
  SLOT_TYPES,
  type Slot,
  type SlotType,
  type Step,
} from "./document.ts";
import type { Fault } from "./faults.ts";
import { commentsOf, type Node, readLines } from "./lines.ts";
import { parseExample } from "./parse-example.ts";
import { parseStatement } from "./parse-statement.ts";
import { Parser } from "./parser.ts";
import { WordReader } from "./words.ts";

export interface Parsed {
  readonly document: FlowDocument;
  /** In the order of the text, one a line, at most LIMITS.faults. */
  readonly faults: readonly Fault[];
}

/** Reads a flow's text. Never throws: what cannot be read is a fault, and the rest is read all the same. */
export function parseFlow(text: string): Parsed {
  const parser = new Parser();
  if (text.length > LIMITS.characters) {
    parser.fail({ line: 1, column: 1 }, "tooLong", { most: LIMITS.characters, found: text.length });
    return { document: EMPTY, faults: parser.faults };
  }
  const damaged = damagedAt(text);
  if (damaged) {
    parser.fail(damaged, "notText");
    return { document: EMPTY, faults: parser.faults };
  }
  const tree = readLines(text);
  const making: Making = {
    comments: [],
    name: "",
    title: {},
    starts: [],
    topics: [],
    slots: [],
    steps: [],
    examples: [],
  };
  for (const node of tree.nodes) parseTop(parser, node, making);
  if (!tree.nodes.some(({ text: line }) => /^flow\b/.test(line)))
    parser.fail({ line: 1, column: 1 }, "flowMissing");
  checkCounts(parser, making);
  const faults = [...tree.faults, ...parser.faults]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    // The first fault of a line explains the others.
    .filter((one, n, all) => all[n - 1]?.line !== one.line)
    .slice(0, LIMITS.faults);
  return { document: { ...making, trailing: tree.trailing }, faults };
}

type Making = {
  -readonly [K in keyof Omit<FlowDocument, "trailing">]: FlowDocument[K] extends readonly (infer T)[]
    ? T[]
    : FlowDocument[K];
};

const EMPTY: FlowDocument = {
  comments: [],
  name: "",
  title: {},
  starts: [],
  topics: [],
  slots: [],
  steps: [],
  examples: [],
  trailing: [],
};

/** Bytes that were no UTF-8 arrive as this sign; a zero is no text at all. */
function damagedAt(text: string): Place | null {
  const at = text.search(/[\uFFFD\0]/);
  if (at < 0) return null;
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function parseTop(parser: Parser, node: Node, making: Making): void {
  const keyword = /^\p{L}+/u.exec(node.text)?.[0];
  switch (keyword) {
    case "flow":
      parseHeader(parser, node, making);
      return;
    case "slot": {
      const slot = parseSlot(parser, node);
      if (slot) making.slots.push(slot);
      return;
    }
    case "step":
      making.steps.push(parseStep(parser, node));
      return;
    case "example":
      making.examples.push(parseExample(parser, node));
      return;
    default:
      parser.fail(node, "topExpected", { found: node.text.slice(0, 40) });
  }
}

function parseHeader(parser: Parser, node: Node, making: Making): void {
  const reader = new WordReader(node);
  reader.next();
  if (making.name !== "") parser.fail(node, "twice", { what: "flow" });
  making.name = parser.name(reader, "flow");
  making.comments.push(...commentsOf(node));
  parser.end(reader);
  for (const child of node.children) {
    const words = new WordReader(child);
    const word = words.next()?.text;
    if (word === "title") making.title = parser.texts(child);
    else if (word === "start") making.starts.push(parser.texts(child));
    else if (word === "topic") {
      const { place } = words;
      making.topics.push({ intent: parser.value(words), line: place.line, column: place.column });
      parser.noChildren(child);
    } else {
      parser.fail(child, "unknownBelow", { above: "flow", wanted: "title, start, topic" });
      continue;
    }
    parser.end(words);
  }
}

const TYPE_NAMES: Readonly<Record<string, SlotType>> = {
  "e-mail": "email",
  IBAN: "iban",
  "order number": "order",
};
const SLOT = /^slot\s+([^\s:]+)\s*:\s*(.*)$/;

function parseSlot(parser: Parser, node: Node): Slot | null {
  const [, name = "", rest = ""] = SLOT.exec(node.text) ?? [];
  const place = { line: node.line, column: node.column };
  parser.noChildren(node);
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(name)) {
    parser.fail(place, name === "" ? "slotForm" : "badName", { what: "slot", found: name });
    return null;
  }
  const alwaysAsked = /,\s*always asked$/.test(rest);
  const [written = "", like = null] = rest.replace(/,\s*always asked$/, "").split(/\s+like\s+/);
  const type = TYPE_NAMES[written.trim()] ?? SLOT_TYPES.find((one) => one === written.trim());
  if (!type) {
    const column = node.column + node.text.length - rest.length;
    parser.fail({ line: node.line, column }, "typeExpected", {
      types: SLOT_TYPES.join(", "),
      found: written.slice(0, 40),
    });
    return null;
  }
  if (like !== null && (type !== "order" || !/^(?:\p{Lu}{1,4}-)?\d{4,10}$/u.test(like.trim())))
    parser.fail(place, "likeForm", { found: like.trim().slice(0, 40) });
  return { ...place, comments: node.comments, name, type, like: like?.trim() ?? null, alwaysAsked };
}

function parseStep(parser: Parser, node: Node): Step {
  const reader = new WordReader(node);
  reader.next();
  const name = parser.name(reader, "step");
  parser.end(reader);
  if (name === "end" || name === "person") parser.fail(node, "reserved", { name });
  const statements = node.children
    .map((child) => parseStatement(parser, child))
    .filter((one) => one !== null);
  return { line: node.line, column: node.column, comments: node.comments, name, statements };
}

function checkCounts(parser: Parser, making: Making): void {
  const counts: readonly (readonly [what: string, parts: readonly Place[], most: number])[] = [
    ["step", making.steps, LIMITS.steps],
    ["slot", making.slots, LIMITS.slots],
    ["example", making.examples, LIMITS.examples],
    ["example lines", making.examples.flatMap(({ lines }) => lines), LIMITS.exampleLines],
    ["statement", making.steps.flatMap(({ statements }) => statements), LIMITS.statements],
    ["topic", making.topics, LIMITS.topics],
  ];
  for (const [what, parts, most] of counts) {
    const first = parts[most];
    if (first) parser.fail(first, "tooMany", { what, most });
  }
  if (making.starts.length > LIMITS.starts)
    parser.fail({ line: 1, column: 1 }, "tooMany", { what: "start", most: LIMITS.starts });
}
