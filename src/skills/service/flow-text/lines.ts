import { LIMITS, type Place } from "./document.ts";
import { type Fault, fault } from "./faults.ts";

/** One line of the text with the lines that belong to it. */
export interface Node extends Place {
  /** Trimmed. */
  readonly text: string;
  readonly comments: readonly string[];
  readonly children: Node[];
  /** Where a block of words may follow, its lines as they stand, without the common indent. */
  block: string | null;
}

export interface Tree {
  readonly nodes: readonly Node[];
  readonly trailing: readonly string[];
  readonly faults: readonly Fault[];
}

/** A line that ends like this is followed by a block of words when deeper lines come after it. */
const OPENS_BLOCK = /^(?:de|en):$/;

interface Open {
  readonly node: Node;
  readonly indent: number;
}

/**
 * Reads indented lines into a tree. `#` at the beginning of a line is a comment, but not inside a block of words. Two
 * spaces a level are the rule; any deeper indent counts as one level, so that a text from a mail still reads.
 */
export function readLines(text: string): Tree {
  const reader = new LineReader();
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) reader.take(line, index + 1);
  return reader.finish();
}

class LineReader {
  private readonly nodes: Node[] = [];
  private readonly faults: Fault[] = [];
  private open: Open[] = [];
  private comments: string[] = [];
  private block: { node: Node; indent: number; lines: string[] } | null = null;

  take(line: string, number: number): void {
    const indent = this.indentOf(line, number);
    const text = line.trim();
    if (this.block && (text === "" || indent > this.block.indent)) {
      this.block.lines.push(line.trimEnd());
      return;
    }
    this.closeBlock();
    if (text === "") return;
    if (text.startsWith("#")) {
      this.comments.push(text.slice(1).trim());
      return;
    }
    const place = { line: number, column: indent + 1 };
    if (text.length > LIMITS.lineCharacters)
      this.faults.push(fault(place, "lineTooLong", { most: LIMITS.lineCharacters, found: text.length }));
    this.addNode(text.slice(0, LIMITS.lineCharacters), place, indent);
  }

  private indentOf(line: string, number: number): number {
    const indent = line.length - line.trimStart().length;
    const tab = line.slice(0, indent).indexOf("\t");
    if (tab >= 0 && line.trim() !== "") this.faults.push(fault({ line: number, column: tab + 1 }, "tab"));
    return indent;
  }

  private addNode(text: string, place: Place, indent: number): void {
    const node: Node = { text, ...place, comments: this.comments, children: [], block: null };
    this.comments = [];
    while ((this.open.at(-1)?.indent ?? -1) >= indent) this.open.pop();
    const parent = this.open.at(-1);
    const siblings = parent ? parent.node.children : this.nodes;
    const first = siblings[0];
    if (first && first.column !== place.column)
      this.faults.push(fault(place, "indent", { column: first.column }));
    if (!parent && indent > 0 && !first) this.faults.push(fault(place, "indent", { column: 1 }));
    siblings.push(node);
    if (this.open.length >= LIMITS.depth) this.faults.push(fault(place, "tooDeep", { most: LIMITS.depth }));
    else this.open.push({ node, indent });
    if (OPENS_BLOCK.test(text)) this.block = { node, indent, lines: [] };
  }

  private closeBlock(): void {
    if (!this.block) return;
    const { node, lines } = this.block;
    this.block = null;
    while (lines.at(-1)?.trim() === "") lines.pop();
    while (lines[0]?.trim() === "") lines.shift();
    if (lines.length === 0) return;
    const common = Math.min(
      ...lines.filter((one) => one.trim() !== "").map((one) => one.length - one.trimStart().length),
    );
    node.block = lines.map((one) => one.slice(common)).join("\n");
  }

  finish(): Tree {
    this.closeBlock();
    return { nodes: this.nodes, trailing: this.comments, faults: this.faults };
  }
}

/** The comments of a line and of all below it, but of those that keep their own. */
export function commentsOf(node: Node, keepsOwn: (child: Node) => boolean = () => false): string[] {
  return [
    ...node.comments,
    ...node.children.filter((child) => !keepsOwn(child)).flatMap((child) => commentsOf(child)),
  ];
}
