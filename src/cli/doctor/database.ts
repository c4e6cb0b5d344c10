import { type Config, EmbeddedPostgresError } from "#kernel";
import { type DatabaseSurvey, surveyDatabase, surveyWork, type WorkSurvey } from "../../kernel/db/survey.ts";
import { migrationSets } from "../../migrations.ts";
import { joinDatabase, type NodeDatabase } from "../database.ts";
import { type Finding, findings, withoutSecrets } from "./finding.ts";

/** PostgreSQL 18: what the tests run on. */
const TESTED_MAJOR = 18;
const VERSION_STEP = 10_000;
const SKEW_WARN_MS = 1_000;
const SKEW_BAD_MS = 30_000;
/** Two processes with two pools and a wire each (db/open.ts), the ingest's two connections, the lease's one. */
const CONNECTIONS_OF_A_NODE = 33;
const CONNECTIONS_SPARE = 5;

/** The database while the doctor looks at it. */
export interface Examined {
  list: Finding[];
  /** Undefined when it cannot be reached. */
  database: NodeDatabase | undefined;
  survey: DatabaseSurvey | undefined;
  work: WorkSurvey | undefined;
}

/** Joins or starts the database and reads its state; the caller stops it. */
export async function examineDatabase(config: Config): Promise<Examined> {
  const { list, bad } = findings();
  let database: NodeDatabase | undefined;
  try {
    database = await joinDatabase(config);
    const survey = await surveyDatabase(database.address, migrationSets, Date.now);
    list.push(...serverFindings(survey), ...schemaFindings(survey));
    const isReady = survey.migrations.pending.length === 0;
    const work = isReady ? await surveyWork(database.address, Date.now()) : undefined;
    return { list, database, survey, work };
  } catch (error) {
    bad("database", faultOf(error, config));
    return { list, database, survey: undefined, work: undefined };
  }
}

/** The driver's words name hosts and roles, never the password; a URL that cannot be read is not shown. */
function faultOf(error: unknown, config: Config): string {
  if (error instanceof EmbeddedPostgresError) return error.message;
  const fault = error as NodeJS.ErrnoException;
  const words = withoutSecrets(
    fault.message || fault.code || "no answer",
    config.databaseUrl ? [config.databaseUrl] : [],
  );
  const remedy = config.databaseUrl
    ? "check DATABASE_URL, and that its user owns the database"
    : "look at postgres.log in the data folder";
  return `It does not answer as it should (${words}): ${remedy}.`;
}

function serverFindings(survey: DatabaseSurvey): Finding[] {
  const { list, ok, warn, bad } = findings();
  const major = Math.floor(survey.versionNumber / VERSION_STEP);
  const name = `PostgreSQL ${major}.${survey.versionNumber % VERSION_STEP}`;
  if (major === TESTED_MAJOR) ok("database", `${name} answers.`);
  else warn("database", `${name} answers; this version was tested with ${TESTED_MAJOR} only.`);
  if (!survey.isDurable)
    bad(
      "durability",
      "fsync or synchronous_commit is off: switch both on, or a power cut loses acknowledged messages.",
    );
  else ok("durability", "What is acknowledged is on disk.");
  const free = survey.connections.max - survey.connections.used;
  const text = `${free} of ${survey.connections.max} connections are free`;
  const needed = survey.hasWorker ? CONNECTIONS_SPARE : CONNECTIONS_OF_A_NODE;
  if (free >= needed) ok("connections", `${text}.`);
  else warn("connections", `${text}: raise max_connections, or stop what else uses this database.`);
  const skew = Math.abs(survey.clockSkewMs);
  if (skew < SKEW_WARN_MS) ok("clock", "This machine's clock and the database's agree.");
  else
    (skew < SKEW_BAD_MS ? warn : bad)(
      "clock",
      `The database's clock is ${(skew / 1000).toFixed(0)} s ${survey.clockSkewMs > 0 ? "ahead of" : "behind"} this machine's: switch NTP on for both.`,
    );
  return list;
}

function schemaFindings(survey: DatabaseSurvey): Finding[] {
  const { list, ok, warn, bad } = findings();
  const { applied, pending, unknown } = survey.migrations;
  if (unknown.length > 0)
    bad(
      "migrations",
      `${unknown.join(", ")} belong to a newer version: start that one, or restore the backup from before.`,
    );
  else if (pending.length > 0)
    warn(
      "migrations",
      `${pending.length} are not applied yet (${pending.join(", ")}): run augenhoehe migrate, or start the node.`,
    );
  else ok("migrations", `All ${applied.length} are applied.`);
  if (applied.length === 0) return list;
  const open = survey.unguardedTables;
  if (open.length > 0)
    bad(
      "row security",
      `${open.join(", ")} do not force it: companies could see each other; restore the migration that was changed.`,
    );
  else if (survey.tooPowerfulRoles.length > 0)
    bad(
      "row security",
      `${survey.tooPowerfulRoles.join(" and ")} may see past it: alter role ... nosuperuser nobypassrls.`,
    );
  else ok("row security", "It is forced on every table that knows a company.");
  return list;
}

/** What waits, and what went wrong on the message's way. */
export function workFindings(work: WorkSurvey, state: { isNodeRunning: boolean }): Finding[] {
  const { list, ok, warn, bad } = findings();
  if (!work.isBlindWithoutTenant)
    bad(
      "tenancy",
      "A transaction without a company sees companies: do not serve more than one until row security is mended.",
    );
  const check = (level: typeof warn, name: string, n: number, words: { none: string; some: string }): void =>
    n === 0 ? ok(name, words.none) : level(name, `${n} ${words.some}`);
  check(bad, "messages sent without basis", work.withoutBasis, {
    none: "0 rows.",
    some: "conversations begin with a message of ours that no customer's message gives a reason for: find out what wrote it before more leave.",
  });
  check(warn, "parked", work.parked, {
    none: "No webhook was put aside.",
    some: "webhooks were put aside: look at the desk under Parked, try them again or put them away.",
  });
  check(warn, "doubtful sends", work.uncertainSends, {
    none: "None waits for a decision.",
    some: "sends may or may not have arrived: decide at the desk.",
  });
  // Without a node nothing is worked off, so what is late is no fault.
  const late = state.isNodeRunning ? warn : ok;
  const resting = state.isNodeRunning
    ? "although the node runs: look at its log, then start it again."
    : "and will be handled when the node starts.";
  check(late, "timers", work.overdueTimers, { none: "None is overdue.", some: `are overdue, ${resting}` });
  check(late, "inbox", work.waitingWebhooks, {
    none: "No webhook waits.",
    some: `webhooks wait for more than a minute, ${resting}`,
  });
  check(late, "leases", work.staleSends, {
    none: "None is stale.",
    some: `sends are held by a sender that is gone, ${resting}`,
  });
  return list;
}
