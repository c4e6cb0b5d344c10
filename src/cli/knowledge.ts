import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError, type House, type Language } from "#kernel";
import { exportKnowledge, type KnowledgeExport } from "../skills/service/store/export.ts";
import { type ImportResult, importKnowledge } from "../skills/service/store/import.ts";
import { readTraining } from "../skills/service/store/models.ts";
import type { ServiceTables } from "../skills/service/tables.ts";
import { besideNode } from "./beside.ts";
import { proposeCommand } from "./knowledge-propose.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";
import { untilLive } from "./until-live.ts";

const MOST_BYTES = 20_000_000;

const OPTIONS = {
  data: { type: "string" },
  tenant: { type: "string" },
  lang: { type: "string" },
  answers: { type: "string" },
  out: { type: "string" },
  own: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
} as const;

/** `augenhoehe knowledge import FILE.csv …` and `knowledge export …`. @returns the exit code */
export async function knowledgeCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  const { values, positionals } = readOptions(rest, { options: OPTIONS, allowPositionals: true });
  if (verb === "import") return importCommand(positionals, values);
  if (verb === "export") return exportCommand(values);
  if (verb === "propose") return readForProposals(positionals, values);
  throw new UsageError(
    "Say `knowledge import FILE.csv --tenant ID --lang de|en`, `knowledge export --tenant ID --out DIR` or `knowledge propose FILE`.",
  );
}

interface Values {
  data?: string;
  tenant?: string;
  lang?: string;
  answers?: string;
  out?: string;
  own?: string[];
  json?: boolean;
}

async function importCommand([file, ...more]: readonly string[], values: Values): Promise<number> {
  if (file === undefined || more.length > 0)
    throw new UsageError("Name one file: knowledge import FILE.csv --tenant ID --lang de|en");
  const language = languageOf(values.lang);
  const tenantId = tenantOf(values.tenant);
  const examples = await readText(file);
  const answers = values.answers === undefined ? undefined : await readText(values.answers);
  return besideNode({ dataDir: values.data, mayMake: false }, async (kernel) => {
    await requireTenant(kernel, tenantId);
    tell("Reading the files into the database.");
    const result = await importKnowledge(kernel, tenantId, { language, examples, answers });
    tellImport(result);
    if (result.topics === 0) {
      tell("Nothing was taken over, so nothing has changed.");
      return 1;
    }
    const seconds = await untilLive(kernel, tenantId);
    await report(kernel, tenantId, { result, seconds, json: values.json === true });
    return 0;
  });
}

async function readForProposals(files: readonly string[], values: Values): Promise<number> {
  if (files.length === 0)
    throw new UsageError(
      "Name a file, or inbox and sent mails together: knowledge propose FILE… [--own ADDRESS_OR_NAME] [--lang de|en] [--json]",
    );
  const language = values.lang === undefined ? "de" : languageOf(values.lang);
  return proposeCommand({ files, language, own: values.own ?? [], json: values.json === true });
}

async function exportCommand({ data, tenant, out, json }: Values): Promise<number> {
  if (out === undefined) throw new UsageError("Name a folder for the two files: --out DIR");
  const tenantId = tenantOf(tenant);
  return besideNode({ dataDir: data, mayMake: false }, async (kernel) => {
    await requireTenant(kernel, tenantId);
    const files = await kernel.db.tenant<KnowledgeExport, ServiceTables>(tenantId, (tx) =>
      exportKnowledge(tx, tenantId),
    );
    await mkdir(out, { recursive: true });
    const written = {
      examples: resolve(join(out, "examples.csv")),
      answers: resolve(join(out, "answers.csv")),
    };
    await writeFile(written.examples, files.examples);
    await writeFile(written.answers, files.answers);
    print(
      json
        ? JSON.stringify(written)
        : `${written.examples}
${written.answers}`,
    );
    return 0;
  });
}

function tellImport(result: ImportResult): void {
  const { topics, examples, answers, placeholders, skipped, contradictions } = result;
  tell(
    `${examples} examples of ${topics} topics, ${answers} answers; ${placeholders} topics have no answer yet and say so.`,
  );
  for (const { line, reason } of skipped) tell(`Line ${line} was left out: ${reason}.`);
  for (const { line, intent, firstLine, firstIntent } of contradictions)
    tell(`Line ${line} says ${intent}, and line ${firstLine} says ${firstIntent} of the same question.`);
}

async function report(
  house: House,
  tenantId: number,
  done: { result: ImportResult; seconds: number; json: boolean },
): Promise<void> {
  const { state, report: quality, trained_at } = await readTraining(house, tenantId);
  if (done.json) {
    const { changed: _, ...result } = done.result;
    const trainedAt = trained_at?.toISOString() ?? null;
    print(
      JSON.stringify({
        tenant: tenantId,
        ...result,
        state,
        trainedAt,
        seconds: done.seconds,
        accuracy: quality?.accuracy ?? null,
      }),
    );
    return;
  }
  const accuracy = quality
    ? ` On held-out examples ${Math.round(quality.accuracy * 100)} % are recognised.`
    : "";
  print(
    `Company ${tenantId} knows ${quality?.intents ?? 0} topics from ${quality?.examples ?? 0} examples.${accuracy}`,
  );
}

function languageOf(value: string | undefined): Language {
  if (value === "de" || value === "en") return value;
  throw new UsageError("Say in which language the questions are: --lang de or --lang en");
}

function tenantOf(value: string | undefined): number {
  const id = Number(value);
  if (value !== undefined && Number.isSafeInteger(id) && id > 0) return id;
  throw new UsageError("Say whose knowledge it is: --tenant ID (augenhoehe tenant list shows the ids)");
}

async function requireTenant(house: House, tenantId: number): Promise<void> {
  await house.profile(tenantId).catch(() => {
    throw new UsageError(`There is no company ${tenantId}; augenhoehe tenant list shows the ids.`);
  });
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  if (bytes.length > MOST_BYTES)
    throw new AppError("too_large", `${file} has ${bytes.length} bytes, ${MOST_BYTES} at most`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8. Save it as CSV UTF-8 and repeat.`);
  }
}
