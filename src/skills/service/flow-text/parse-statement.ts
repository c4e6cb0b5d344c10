import {
  type Comparison,
  type Condition,
  DEFAULT_TRIES,
  LIMITS,
  type Option,
  type Statement,
  type Target,
  type Texts,
} from "./document.ts";
import { commentsOf, type Node } from "./lines.ts";
import { readCall } from "./parse-call.ts";
import type { Parser } from "./parser.ts";
import { WordReader } from "./words.ts";

/** One statement of a step; null after a fault. */
export function parseStatement(parser: Parser, node: Node): Statement | null {
  const reader = new WordReader(node);
  const part = { line: node.line, column: node.column, comments: commentsOf(node, isOption) };
  if (reader.peek()?.text === "->") {
    const to = parser.target(reader);
    parser.end(reader);
    parser.noChildren(node);
    return { kind: "go", ...part, to };
  }
  const keyword = reader.next();
  const read = keyword && !keyword.isQuoted ? readers[keyword.text] : undefined;
  if (!read) {
    parser.fail(node, "statementExpected", { found: node.text.slice(0, 40) });
    return null;
  }
  const statement = read({ parser, reader, node });
  parser.end(reader);
  return { ...part, ...statement } as Statement;
}

function isOption({ text }: Node): boolean {
  return text.startsWith("option ");
}

interface Reading {
  readonly parser: Parser;
  readonly reader: WordReader;
  readonly node: Node;
}

type Bare<S> = S extends Statement ? Omit<S, "line" | "column" | "comments"> : never;

const readers: Readonly<Record<string, (reading: Reading) => Bare<Statement>>> = {
  say({ parser, reader, node }) {
    if (reader.take("topic")) {
      parser.noChildren(node);
      return { kind: "sayTopic" };
    }
    let link: string | null = null;
    const texts = parser.texts(node, (child) => {
      link = /^link:\s*(https?:\/\/\S+)$/.exec(child.text)?.[1] ?? null;
      if (link === null) parser.fail(child, "linkExpected", { found: child.text.slice(0, 40) });
      parser.noChildren(child);
    });
    return { kind: "say", texts, link };
  },
  ask(reading) {
    const slot = reading.parser.name(reading.reader, "slot");
    return { kind: "ask", slot, ...readAsking(reading) };
  },
  choose(reading) {
    const { parser, reader } = reading;
    const slot = reader.isAtEnd ? null : parser.name(reader, "slot");
    const options: Option[] = [];
    const asking = readAsking(reading, (child) => options.push(readOption(parser, child)));
    if (options.length < 2) parser.fail(reading.node, "optionsMissing");
    if (options.length > LIMITS.options)
      parser.fail(options[LIMITS.options] as Option, "tooMany", { what: "option", most: LIMITS.options });
    return { kind: "choose", slot, ...asking, options };
  },
  if({ parser, reader, node }) {
    const conditions = [readCondition(parser, reader)];
    while (reader.take("and")) conditions.push(readCondition(parser, reader));
    const to = parser.target(reader);
    parser.noChildren(node);
    return { kind: "if", conditions: conditions.filter((one) => one !== null), to };
  },
  set({ parser, reader, node }) {
    const slot = parser.name(reader, "slot");
    if (!reader.take("to")) parser.fail(reader.place, "wordMissing", { word: "to" });
    parser.noChildren(node);
    return { kind: "set", slot, value: parser.value(reader) };
  },
  forget({ parser, reader, node }) {
    parser.noChildren(node);
    return { kind: "forget", slots: parser.names(reader, "slot") };
  },
  call: readCall,
  hand({ parser, reader, node }) {
    if (!reader.take("over")) parser.fail(reader.place, "wordMissing", { word: "over" });
    let summary: string | null = null;
    const texts = parser.texts(node, (child) => {
      summary = /^summary:\s*(.+)$/.exec(child.text)?.[1] ?? null;
      if (summary === null)
        parser.fail(child, "unknownBelow", { above: "hand over", wanted: "de:, en:, summary:" });
      parser.noChildren(child);
    });
    return { kind: "handOver", texts: isEmpty(texts) ? null : texts, summary };
  },
  start({ parser, reader, node }) {
    if (!reader.take("flow")) parser.fail(reader.place, "wordMissing", { word: "flow" });
    parser.noChildren(node);
    return { kind: "start", flow: parser.name(reader, "flow") };
  },
  answer({ parser, reader, node }) {
    if (!reader.take("topic")) parser.fail(reader.place, "wordMissing", { word: "topic" });
    parser.noChildren(node);
    return { kind: "answer", intent: parser.value(reader) };
  },
  offer({ parser, node }) {
    const words: Texts[] = [];
    const texts = parser.texts(node, (child) => {
      if (child.text === "words") words.push(parser.texts(child));
      else parser.fail(child, "unknownBelow", { above: "offer", wanted: "de:, en:, words" });
    });
    if (words.length === 0) parser.fail(node, "wordMissing", { word: "words" });
    return { kind: "offer", texts, words };
  },
};

function readAsking({ parser, node }: Reading, onOption?: (child: Node) => void) {
  let again: Texts | null = null;
  let tries: number = DEFAULT_TRIES;
  let otherwise: Target | null = null;
  const texts = parser.texts(node, (child) => {
    const reader = new WordReader(child);
    const word = reader.next()?.text;
    if (word === "option" && onOption) return onOption(child);
    if (word === "again") again = parser.texts(child);
    else if (word === "tries") tries = parser.number(reader, { least: 1, most: LIMITS.tries });
    else if (word === "otherwise") otherwise = parser.target(reader);
    else {
      const wanted = `de:, en:, again, tries, otherwise${onOption ? ", option" : ""}`;
      return parser.fail(child, "unknownBelow", { above: onOption ? "choose" : "ask", wanted });
    }
    parser.end(reader);
    if (word !== "again") parser.noChildren(child);
  });
  return { texts, again: again as Texts | null, tries, otherwise: otherwise as Target | null };
}

function readOption(parser: Parser, node: Node): Option {
  const reader = new WordReader(node);
  reader.next();
  const key = parser.name(reader, "option");
  const to = reader.isAtEnd ? null : parser.target(reader);
  parser.end(reader);
  const { line, column } = node;
  const comments = commentsOf(node);
  return { line, column, comments, key, to, texts: parser.texts(node) };
}

const TESTS: Readonly<Record<string, Comparison>> = {
  over: "over",
  under: "under",
  before: "before",
  after: "after",
};

function readCondition(parser: Parser, reader: WordReader): Condition | null {
  const { line, column } = reader.place;
  if (reader.take("open")) return { kind: "hours", open: true, line, column };
  if (reader.take("closed")) return { kind: "hours", open: false, line, column };
  const slot = parser.name(reader, "slot");
  if (slot === "") return null;
  const test = readTest(parser, reader);
  if (test === null) return null;
  const value = test === "known" || test === "missing" ? "" : parser.value(reader);
  return { kind: "slot", slot, test, value, line, column };
}

function readTest(parser: Parser, reader: WordReader): Comparison | null {
  const { place } = reader;
  if (reader.take("is")) {
    if (reader.take("known")) return "known";
    if (reader.take("missing")) return "missing";
    return reader.take("not") ? "is not" : "is";
  }
  const test = TESTS[reader.next()?.text ?? ""];
  if (!test) parser.fail(place, "testExpected");
  return test ?? null;
}

function isEmpty({ de, en }: Texts): boolean {
  return de === undefined && en === undefined;
}
