import type { AnswerOption } from "../../tables.ts";
import type { PackFault } from "./pack.ts";

/** One language of a pack, as its text file says it. */
export interface PackWords {
  readonly title: string;
  readonly description: string;
  /** name -> question and example */
  readonly placeholders: ReadonlyMap<string, { question: string; example: string; line: number }>;
  readonly topics: ReadonlyMap<string, WrittenTopic>;
  readonly outOfScope: readonly string[];
}

export interface WrittenTopic {
  readonly line: number;
  title: string;
  answer: string;
  question: string | null;
  readonly options: AnswerOption[];
  readonly examples: string[];
}

const TOPIC = /^([a-z][a-z0-9_]{0,99}): (.+)$/;
const PLACEHOLDER = /^([a-z][a-z0-9_]{0,59}): (.+?) \| (.+)$/;
const BUTTON = /\[([^\]]+)\]\(([a-z][a-z0-9_]*)\)/g;
const BUTTONS = /^(?:\[[^\]]+\]\([a-z][a-z0-9_]*\)\s*)+$/;
const SECTIONS = { placeholders: "placeholders", "out of scope": "outOfScope" } as const;

type Section = "head" | "placeholders" | "outOfScope" | WrittenTopic;

/** Reads the text file of one language (docs/guide/packs.md). Never throws: what cannot be read is named with its line. */
export function readWords(file: string, text: string): { words: PackWords; faults: PackFault[] } {
  const reader = new WordsReader(file);
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n/)
    .entries())
    reader.take(line.trim(), index + 1);
  return { words: reader.words(), faults: reader.faults };
}

class WordsReader {
  readonly faults: PackFault[] = [];
  private readonly file: string;
  private section: Section = "head";
  private title = "";
  private description = "";
  private readonly placeholders = new Map<string, { question: string; example: string; line: number }>();
  private readonly topics = new Map<string, WrittenTopic>();
  private readonly outOfScope: string[] = [];

  constructor(file: string) {
    this.file = file;
  }

  words(): PackWords {
    const topics = [...this.topics].map(
      ([intent, topic]) => [intent, { ...topic, answer: topic.answer.trim() }] as const,
    );
    const { title, placeholders, outOfScope } = this;
    return {
      title,
      description: this.description.trim(),
      placeholders,
      topics: new Map(topics),
      outOfScope,
    };
  }

  take(line: string, place: number): void {
    if (line.startsWith("## ")) this.open(line.slice(3).trim(), place);
    else if (line.startsWith("# ")) this.title = line.slice(2).trim();
    else if (this.section === "head") this.description += `${line} `;
    else if (this.section === "placeholders") this.takePlaceholder(line, place);
    else if (this.section === "outOfScope") this.takeOutOfScope(line, place);
    else this.takeTopicLine(this.section, line);
  }

  private open(name: string, line: number): void {
    const section = SECTIONS[name as keyof typeof SECTIONS];
    if (section) {
      this.section = section;
      return;
    }
    const [, intent, title] = TOPIC.exec(name) ?? [];
    if (intent === undefined || title === undefined)
      this.fault(line, `"## ${name}" is neither "## intent: Title", "## placeholders" nor "## out of scope"`);
    else if (this.topics.has(intent)) this.fault(line, `the topic ${intent} stands twice`);
    const topic = { line, title: title ?? "", answer: "", question: null, options: [], examples: [] };
    if (intent !== undefined) this.topics.set(intent, topic);
    this.section = topic;
  }

  private takePlaceholder(line: string, place: number): void {
    if (line === "") return;
    const [, name, question, example] = PLACEHOLDER.exec(line.replace(/^- /, "")) ?? [];
    if (name === undefined || question === undefined || example === undefined)
      this.fault(place, "a placeholder is written as: - name: question | example");
    else if (this.placeholders.has(name)) this.fault(place, `the placeholder ${name} stands twice`);
    else this.placeholders.set(name, { question, example, line: place });
  }

  private takeOutOfScope(line: string, place: number): void {
    if (line.startsWith("- ")) this.outOfScope.push(line.slice(2).trim());
    else if (line !== "") this.fault(place, "here every line is a question that begins with a dash");
  }

  private takeTopicLine(topic: WrittenTopic, line: string): void {
    if (line.startsWith("- ")) topic.examples.push(line.slice(2).trim());
    else if (line.startsWith("> ")) topic.question = line.slice(2).trim();
    else if (BUTTONS.test(line)) {
      for (const [, title = "", intent = ""] of line.matchAll(BUTTON)) topic.options.push({ title, intent });
    } else if (topic.examples.length === 0) topic.answer += `${line}\n`;
    else if (line !== "")
      this.fault(topic.line, `"${line}" stands after the examples; an answer comes first`);
  }

  private fault(line: number, message: string): void {
    this.faults.push({ file: this.file, line, message });
  }
}
