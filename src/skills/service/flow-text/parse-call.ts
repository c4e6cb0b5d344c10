import { type Call, DEFAULT_TIMEOUT_MS, LIMITS, type Read, type Target } from "./document.ts";
import type { Node } from "./lines.ts";
import type { Parser } from "./parser.ts";
import { WordReader } from "./words.ts";

type CallWords = Omit<Call, "line" | "column" | "comments">;

interface CallLine {
  readonly parser: Parser;
  readonly reader: WordReader;
  readonly node: Node;
}

/** `call GET "…"` and what stands below it. */
export function readCall({ parser, reader, node }: CallLine): CallWords {
  const { place } = reader;
  const method = reader.next()?.text;
  if (method !== "GET" && method !== "POST") parser.fail(place, "methodExpected");
  const url = parser.value(reader);
  const call = {
    kind: "call" as const,
    method: method === "POST" ? ("POST" as const) : ("GET" as const),
    url,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    retries: 0,
    send: [] as string[],
    reads: [] as Read[],
    on: [] as { status: number; to: Target }[],
    failed: null as Target | null,
  };
  for (const child of node.children) {
    const words = new WordReader(child);
    const word = words.next()?.text ?? "";
    if (word === "timeout") {
      call.timeoutMs = parser.number(words, { least: 1, most: LIMITS.timeoutMs / 1_000 }) * 1_000;
      if (!words.take("s")) parser.fail(words.place, "wordMissing", { word: "s" });
    } else if (word === "retries") call.retries = parser.number(words, { least: 0, most: LIMITS.retries });
    else if (word === "send") call.send.push(...parser.names(words, "slot"));
    else if (word === "read") call.reads.push(readRead(parser, words));
    else if (word === "on") {
      const status = parser.number(words, { least: 100, most: 599 });
      call.on.push({ status, to: parser.target(words) });
    } else if (word === "failed") call.failed = parser.target(words);
    else
      parser.fail(child, "unknownBelow", {
        above: "call",
        wanted: "timeout, retries, send, read, on, failed",
      });
    if (word !== "") parser.end(words);
    parser.noChildren(child);
  }
  return call;
}

function readRead(parser: Parser, reader: WordReader): Read {
  const { line, column } = reader.place;
  const path = parser.value(reader);
  if (!reader.take("as")) parser.fail(reader.place, "wordMissing", { word: "as" });
  return { path, slot: parser.name(reader, "slot"), line, column };
}
