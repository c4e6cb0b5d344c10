import { type CsvRecord, type Language, readCsv, type SkippedLine } from "#kernel";
import { oneLine } from "../rules/index.ts";
import type { AnswerOption } from "../tables.ts";

export interface KnowledgeFiles {
  /** Language of rows that name none. */
  readonly language: Language;
  /** CSV `text,intent[,lang]` */
  readonly examples: string;
  /** CSV `intent,lang,answer[,title,link,buttons,flow]` */
  readonly answers?: string;
}

export interface PlannedTopic {
  readonly intent: string;
  readonly label: string;
  title: Partial<Record<Language, string>>;
  flow?: string;
}

export interface PlannedAnswer {
  readonly intent: string;
  readonly language: Language;
  readonly text: string;
  readonly link: string | null;
  readonly options: readonly AnswerOption[];
}

/** Two rows that say two things of one question. */
export interface Contradiction {
  readonly line: number;
  readonly intent: string;
  /** Where the question stood before, and for what. */
  readonly firstLine: number;
  readonly firstIntent: string;
}

export interface ImportPlan {
  readonly topics: readonly PlannedTopic[];
  readonly examples: readonly {
    readonly intent: string;
    readonly language: Language;
    readonly text: string;
  }[];
  readonly answers: readonly PlannedAnswer[];
  readonly skipped: readonly SkippedLine[];
  /** Nothing of files that contradict themselves is to be written. */
  readonly contradictions: readonly Contradiction[];
}

const LIMITS = {
  text: 1_000,
  intent: 100,
  answer: 4_000,
  title: 120,
  link: 500,
  buttons: 10,
  buttonTitle: 40,
  flow: 60,
};

/** Reads both files; the second one's line numbers follow after "answers:". Doubles count once. */
export function planImport(files: KnowledgeFiles): ImportPlan {
  const topics = new Map<string, PlannedTopic>();
  const examples = new Map<string, ImportPlan["examples"][number]>();
  const answers = new Map<string, PlannedAnswer>();
  const skipped: SkippedLine[] = [];
  const topicOf = (name: string): PlannedTopic => {
    const intent = intentOf(name);
    const topic = topics.get(intent) ?? { intent, label: name, title: {} };
    topics.set(intent, topic);
    return topic;
  };
  const contradictions: Contradiction[] = [];
  const said = new Map<string, { line: number; intent: string }>();
  forEachRow(files.examples, ["text", "intent"], skipped, (row, line) => {
    const language = languageOf(row.lang, files.language);
    const text = oneLine(required(row.text, "text", LIMITS.text));
    const { intent } = topicOf(nameOf(row.intent));
    const first = said.get(text.toLowerCase());
    if (!first) said.set(text.toLowerCase(), { line, intent });
    else if (first.intent !== intent)
      contradictions.push({ line, intent, firstLine: first.line, firstIntent: first.intent });
    examples.set(`${intent} ${language} ${text}`, { intent, language, text });
  });
  const inAnswers: SkippedLine[] = [];
  forEachRow(files.answers ?? "", ["intent", "answer"], inAnswers, (row) => {
    const language = languageOf(row.lang, files.language);
    const answer = readAnswer(row);
    const topic = topicOf(nameOf(row.intent));
    if (row.title) topic.title = { ...topic.title, [language]: row.title };
    if (row.flow) topic.flow = row.flow;
    if (answer) answers.set(`${topic.intent} ${language}`, { ...answer, intent: topic.intent, language });
  });
  skipped.push(...inAnswers.map(({ line, reason }) => ({ line, reason: `answers: ${reason}` })));
  return {
    topics: [...topics.values()],
    examples: [...examples.values()],
    answers: [...answers.values()],
    skipped,
    contradictions,
  };
}

type Row = Readonly<Record<string, string>>;
/** What is wrong with a row. */
class RowFault extends Error {}

function forEachRow(
  source: string,
  columns: readonly string[],
  skipped: SkippedLine[],
  read: (row: Row, line: number) => void,
): void {
  if (source.trim() === "") return;
  const file = readCsv(source);
  skipped.push(...file.skipped);
  const [head, ...body] = file.records;
  const names = head?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    skipped.push({
      line: head?.line ?? 1,
      reason: `the first line must name the columns; missing: ${missing.join(", ")}; nothing was read`,
    });
    return;
  }
  for (const record of body) {
    try {
      read(rowOf(record, names), record.line);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      skipped.push({ line: record.line, reason: error.message });
    }
  }
  skipped.sort((a, b) => a.line - b.line);
}

function rowOf({ fields }: CsvRecord, names: readonly string[]): Row {
  if (fields.length !== names.length)
    throw new RowFault(`${fields.length} fields instead of ${names.length}`);
  return Object.fromEntries(
    names.map((name, place) => [name, (fields[place] as string).replaceAll("\0", "").trim()]),
  );
}

function required(value: string | undefined, name: string, most: number): string {
  if (!value) throw new RowFault(`${name} is empty`);
  return atMost(value, name, most);
}

function atMost(value: string, name: string, most: number): string {
  if (value.length > most) throw new RowFault(`${name} has ${value.length} characters, ${most} at most`);
  return value;
}

function nameOf(value: string | undefined): string {
  const name = required(value, "intent", LIMITS.intent);
  if (intentOf(name) === "") throw new RowFault(`intent "${name}" has no letter or digit`);
  return name;
}

/** Letters, digits and underscores of a name: "reverted_card_payment?" -> "reverted_card_payment". */
export function intentOf(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, LIMITS.intent);
}

function languageOf(value: string | undefined, fallback: Language): Language {
  if (!value) return fallback;
  const language = value.toLowerCase();
  if (language !== "de" && language !== "en") throw new RowFault(`language "${value}" is neither de nor en`);
  return language;
}

/** @returns null for a row that only gives the title */
function readAnswer(row: Row): Omit<PlannedAnswer, "intent" | "language"> | null {
  atMost(row.title ?? "", "title", LIMITS.title);
  atMost(row.flow ?? "", "flow", LIMITS.flow);
  const link = atMost(row.link ?? "", "link", LIMITS.link);
  if (link !== "" && !/^https?:\/\/\S+$/.test(link)) throw new RowFault("link is no http(s) address");
  const text = atMost(row.answer ?? "", "answer", LIMITS.answer);
  const options = readButtons(row.buttons ?? "");
  return text === "" ? null : { text, link: link || null, options };
}

/** `Title>intent|Title>intent` */
function readButtons(value: string): AnswerOption[] {
  const buttons = value.split("|").filter((button) => button.trim() !== "");
  if (buttons.length > LIMITS.buttons)
    throw new RowFault(`${buttons.length} buttons, ${LIMITS.buttons} at most`);
  return buttons.map((button) => {
    const place = button.lastIndexOf(">");
    const title = (place < 0 ? button : button.slice(0, place)).trim();
    if (title === "") throw new RowFault("a button has no title");
    const intent = place < 0 ? "" : intentOf(button.slice(place + 1));
    return { title: atMost(title, "a button's title", LIMITS.buttonTitle), intent: intent || null };
  });
}
