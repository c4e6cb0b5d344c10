import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { dueAt, isOpen, nextOpening } from "../kernel/tenants/opening-hours.ts";
import { type Inspection, inspectFlow, locatedFault } from "../skills/service/flow-text/index.ts";
import { contextFor } from "../skills/service/routes/flow-play.ts";
import { BARE_ORDER_NUMBER } from "../skills/service/rules/index.ts";
import { readFlows } from "../skills/service/store/flow-drafts.ts";
import { readSurroundings } from "../skills/service/store/flow-surroundings.ts";
import { inFlows } from "../skills/service/store/flow-tables.ts";
import { openKnowledgeCache } from "../skills/service/store/knowledge-cache.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, UsageError } from "./options.ts";

const USAGE = "Say `flow test FILE…` or `flow test --tenant ID [--data DIR]`.";
const OPTIONS = { data: { type: "string" }, tenant: { type: "string" }, zone: { type: "string" } } as const;
const DEFAULT_ZONE = "Europe/Berlin";
const MOST_BYTES = 400_000;

/** `augenhoehe flow test …`: checks flows and plays their examples. @returns 0 when all went as written, else 1 */
export async function flowCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  const { values, positionals } = readOptions(rest, { options: OPTIONS, allowPositionals: true });
  if (verb !== "test" || positionals.length > 0 === (values.tenant !== undefined))
    throw new UsageError(USAGE);
  if (values.tenant === undefined) {
    const context = {
      now: Date.now(),
      timeZone: values.zone ?? DEFAULT_ZONE,
      orderStyle: BARE_ORDER_NUMBER,
      isOpen: true,
    };
    const texts = await Promise.all(
      positionals.map(async (file) => ({ name: basename(file), text: await readText(file) })),
    );
    return report(
      texts.map(({ name, text }) => ({ name, found: inspectFlow(text, { surroundings: null, context }) })),
    );
  }
  return testTenant(tenantOf(values.tenant), values.data);
}

interface Tested {
  readonly name: string;
  readonly found: Inspection;
}

/** What is live, and every draft that says something else. */
function testTenant(tenantId: number, dataDir: string | undefined): Promise<number> {
  return besideNode({ dataDir, mayMake: false }, async (kernel) => {
    if (!kernel.registry.tenant(tenantId)) throw new UsageError(`There is no company ${tenantId} here.`);
    const cache = openKnowledgeCache(kernel, 0);
    const hours = { dueAt, isOpen, nextOpening };
    const context = await contextFor(kernel, { cache, hours }, tenantId);
    const tested = await inFlows(kernel, tenantId, async (tx) => {
      const found: Tested[] = [];
      for (const row of await readFlows(tx, tenantId)) {
        const surroundings = await readSurroundings(tx, tenantId, row.name);
        const inspect = (text: string) => inspectFlow(text, { surroundings, context, name: row.name });
        if (row.live_text !== null)
          found.push({
            name: `${row.name} (live, version ${row.live_version})`,
            found: inspect(row.live_text),
          });
        if (row.draft !== row.live_text)
          found.push({ name: `${row.name} (draft)`, found: inspect(row.draft) });
      }
      return found;
    });
    if (tested.length === 0) print("This company has no flows.");
    return report(tested);
  });
}

/** Results go to stdout; each example stands on a line of its own. */
function report(tested: readonly Tested[]): number {
  let failed = 0;
  let played = 0;
  for (const { name, found } of tested) {
    print(name);
    for (const fault of found.faults) print(`  FAULT ${locatedFault(fault, "en")}`);
    for (const { name: example, line, misses } of found.examples) {
      print(`  ${misses.length === 0 ? "ok   " : "FAIL "} ${example} (line ${line})`);
      for (const miss of misses)
        print(`        line ${miss.line}: wanted “${miss.wanted}”, got “${miss.got}”`);
      if (misses.length > 0) failed++;
      played++;
    }
    failed += found.faults.length;
    if (found.faults.length === 0 && found.examples.length === 0) print("  no examples");
  }
  print(`${tested.length} flows, ${played} examples, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function tenantOf(value: string): number {
  const id = Number(value);
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new UsageError("Name the company: --tenant ID");
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  if (bytes.length > MOST_BYTES) throw new UsageError(`${file} is larger than ${MOST_BYTES} bytes.`);
  // What is no UTF-8 becomes a sign that the parser names with its place.
  return bytes.toString("utf8");
}
