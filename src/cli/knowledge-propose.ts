import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Language } from "#kernel";
import { readArchived, textOfHtml } from "../channels/email/archive.ts";
import { MAILS_MAX, readArchive } from "../skills/service/adapters/read-archive.ts";
import { INTAKE_BYTES } from "../skills/service/api.ts";
import {
  IntakeError,
  type IntakeFault,
  type Proposals,
  type ReadArchive,
} from "../skills/service/rules/intake/index.ts";
import { proposeInWorker } from "../skills/service/training.ts";
import { print, tell, UsageError } from "./options.ts";

const SEED = 1;
const EXAMPLES_SHOWN = 5;

/** What is wrong with a file, and what to do. */
const FAULTS: Readonly<Record<IntakeFault, string>> = {
  empty: "The file is empty.",
  unknown_kind:
    "This is no mailbox (mbox), no exported WhatsApp chat, no CSV or JSON of messages, and no HTML page. Export it as one of these.",
  packed: "This is a packed file. Unpack it and name the text file in it.",
  not_text:
    "This is no text but a program's own format (Outlook's PST, a document, a picture). Export it as mbox, CSV or HTML.",
  broken_json: "The JSON is broken.",
  no_columns:
    "The columns are not understood. Name them question and answer, or text and author (or role: customer, staff), with thread and date where there are several conversations.",
  no_questions: "No question of a customer was found in it.",
  own_unknown: "It is not clear who in it is the company. Say it with --own ADDRESS or --own NAME.",
  too_many: `It is too large: at most ${MAILS_MAX} mails, or 20 MB of a page or conversation. Export a shorter time.`,
  page_unreachable: "The page could not be fetched.",
  page_too_large: "The page is too large.",
  incomplete: "The file came in only in part. Send it again.",
  took_too_long: "It took too long and was stopped. Export a shorter time.",
};

export interface ProposeOrder {
  /** One after the other: inbox and sent mails are often two files. */
  readonly files: readonly string[];
  readonly language: Language;
  readonly own: readonly string[];
  readonly json: boolean;
}

/** Reads a file and proposes topics; nothing is stored. @returns the exit code */
export async function proposeCommand({ files, language, own, json }: ProposeOrder): Promise<number> {
  const file = files.join(" + ");
  let size = 0;
  for (const one of files) size += await sizeOf(one);
  if (size > INTAKE_BYTES)
    throw new UsageError(`${file} has ${size} bytes, ${INTAKE_BYTES} at most. Export a shorter time.`);
  try {
    tell("Reading the file.");
    const bytes = bytesOf(files);
    const archive = await readArchive(
      { name: basename(files[0] ?? ""), bytes, own },
      { read: readArchived, textOfHtml },
    );
    tellArchive(archive);
    const gathered = { is: "paired" as const, archive };
    const proposals = await proposeInWorker({ gathered, options: { seed: SEED, language } });
    print(json ? JSON.stringify(proposals) : listed(proposals));
    return proposals.topics.length > 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    throw new UsageError(`${file}: ${FAULTS[error.fault]} Nothing was kept.`);
  }
}

async function sizeOf(file: string): Promise<number> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  return size;
}

async function* bytesOf(files: readonly string[]): AsyncIterable<Buffer> {
  for (const [place, file] of files.entries()) {
    if (place > 0) yield Buffer.from("\n\n");
    yield* createReadStream(file) as AsyncIterable<Buffer>;
  }
}

function tellArchive({ counts, own }: ReadArchive): void {
  const { read, automatic, broken, questions, answered } = counts;
  tell(
    `${read} read; ${automatic} written by machines and ${broken} that could not be read were left out. ${questions} questions, ${answered} with an answer.`,
  );
  if (own !== "") tell(`Taken for the company: ${own}`);
}

function listed({ topics, alone }: Proposals): string {
  const blocks = topics.map(({ title, language, asked, examples, answer, answers, alike }) =>
    [
      `${title} [${language}], asked ${asked} times`,
      ...examples.slice(0, EXAMPLES_SHOWN).map((text) => `  - ${text}`),
      answer === null
        ? "  no answer in the file"
        : `  answer (${alike} of ${answers} say much the same): ${answer.replace(/\s+/g, " ")}`,
    ].join("\n"),
  );
  return [...blocks, `${topics.length} topics; ${alone} questions belong to none.`].join("\n\n");
}
