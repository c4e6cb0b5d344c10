import type { House, SkillManifest, Timer } from "#kernel";
import { gatherArchive } from "../adapters/read-archive.ts";
import type { Outside } from "../ports.ts";
import { IntakeError, type IntakeFault } from "../rules/intake/index.ts";
import { proposeInWorker, TrainingError } from "../training.ts";
import { inIntakes } from "./intake-tables.ts";
import {
  expireIntake,
  INTAKE,
  INTAKE_EXPIRY,
  type IntakeRow,
  keepFault,
  keepProposals,
  readIntakes,
  readPart,
  setState,
} from "./intakes.ts";

type IntakeParts = Pick<Outside, "letters" | "pages">;

/** Grouping takes a core for seconds: of all companies two at once. */
const PLACES = { all: 2, perTenant: 1 } as const;

/** kind -> what happens when it is due. */
export function intakeTimers(
  house: House,
  parts: IntakeParts,
): ReturnType<NonNullable<SkillManifest["timers"]>> {
  return {
    [INTAKE]: { run: (timer) => runIntake(house, parts, timer), places: PLACES },
    [INTAKE_EXPIRY]: (timer) => runIntakeExpiry(house, timer),
  };
}

/** The same file gives the same topics. */
const SEED = 1;
const TELL_EVERY_MS = 1_000;
/** A process that dies again and again dies of the file. */
const CRASHES = 3;

/**
 * Reads one file and keeps what it proposes. Repeatable: until the proposals stand with the file gone, in one transaction,
 * a run that was cut off begins again.
 */
async function runIntake(house: House, parts: IntakeParts, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const id = Number(timer.key);
  const [row] = await inIntakes(house, tenantId, (tx) => readIntakes(tx, tenantId, id));
  if (!row || row.state === "ready" || row.state === "failed" || row.state === "receiving") return;
  try {
    await read(house, parts, { tenantId, row });
  } catch (error) {
    const fault = faultOf(error, timer.attempts);
    if (fault === null) throw error;
    house.log.info({ tenant: tenantId, intake: id, fault }, "intake gave nothing");
    await inIntakes(house, tenantId, (tx) => keepFault(tx, tenantId, { id, fault }));
  }
}

function faultOf(error: unknown, attempts: number): IntakeFault | null {
  if (error instanceof IntakeError) return error.fault;
  if (!(error instanceof TrainingError)) return null;
  return error.reason === "crashed" && attempts < CRASHES ? null : "took_too_long";
}

async function read(
  house: House,
  { letters, pages }: IntakeParts,
  { tenantId, row }: { tenantId: number; row: IntakeRow },
): Promise<void> {
  const { id, name, own } = row;
  const tell = (state: "reading" | "grouping", done: number) =>
    inIntakes(house, tenantId, (tx) => setState(tx, tenantId, { id, state, done }));
  await tell("reading", 0);
  let told = house.clock.now();
  const bytes = row.url === null ? partsOf(house, tenantId, id) : pageOf(pages, row.url);
  const file = { name, bytes, own: own.split("\n").filter((one) => one !== "") };
  const gathered = await gatherArchive(file, letters, async (done) => {
    if (house.clock.now() - told < TELL_EVERY_MS) return;
    told = house.clock.now();
    await tell("reading", done);
  });
  await tell("grouping", row.bytes);
  const { language } = await house.profile(tenantId);
  const found = await proposeInWorker({ gathered, options: { seed: SEED, language } });
  const { topics, alone, own: taken } = found;
  const counts = { ...found.counts, alone, own: taken };
  await inIntakes(house, tenantId, (tx) =>
    keepProposals(tx, tenantId, { id, counts, topics }, house.clock.now()),
  );
}

/** Each part in a transaction of its own: none stays open while mails are read. */
async function* partsOf(house: House, tenantId: number, intakeId: number): AsyncIterable<Buffer> {
  for (let place = 0; ; place++) {
    const part = await inIntakes(house, tenantId, (tx) => readPart(tx, tenantId, { intakeId, place }));
    if (part === null) {
      // A removed intake must not look like an empty file.
      if (place === 0) throw new IntakeError("incomplete");
      return;
    }
    yield part;
  }
}

/** @throws IntakeError page_unreachable, page_too_large */
async function* pageOf(pages: Outside["pages"], url: string): AsyncIterable<Buffer> {
  const page = await pages.fetch(url);
  if ("failed" in page)
    throw new IntakeError(page.failed === "too_large" ? "page_too_large" : "page_unreachable", page.failed);
  yield page.bytes;
}

/** Removes it when its time is over. */
async function runIntakeExpiry(house: House, { tenantId, key }: Timer): Promise<void> {
  await inIntakes(house, tenantId, (tx) => expireIntake(tx, tenantId, Number(key), house.clock.now()));
}
