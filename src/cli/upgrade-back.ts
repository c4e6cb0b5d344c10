import { type Config, checkBackup, mergeTakebacks, type Takebacks } from "#kernel";
import { migrationSets } from "../migrations.ts";
import { wayBack } from "./backup/program-mark.ts";
import { showProgress } from "./backup/progress.ts";
import { restoreInto } from "./backup/restore-into.ts";
import { locate } from "./backup/settings.ts";
import { findTakebacks, type Source } from "./backup/source.ts";
import { type Aside, type Back, lookAside } from "./backup/stay-old.ts";
import { readNote } from "./backup/upgrade-note.ts";
import { openNodeDatabase } from "./database.ts";
import { print, tell } from "./options.ts";

/** `upgrade --back`: the backup that the upgrade made, at the version of the program before. */

export interface Upgrading {
  config: Config;
  keyText: string;
  signal: AbortSignal;
}

/** On a server of somebody else a database is never replaced, so the way back leads into another one. */
export function backSentence(
  { databaseUrl }: Pick<Config, "databaseUrl">,
  { taken, program }: { taken: string; program: string },
): string {
  const lost =
    "Once the node has started, what comes in would be lost with it, and what waited to be sent would be held, because it may have been sent.";
  return databaseUrl
    ? `The way back: ${program}; then make an empty database, name it in DATABASE_URL, and with that program augenhoehe restore ${taken} --replace. ${lost}`
    : `The way back: augenhoehe upgrade --back, then ${program}. ${lost}`;
}

/**
 * The backup of the upgrade comes back as it was, and what the upgrade had made is put aside. Where the node has worked
 * since, what waited then is held, numbers of documents go on behind a gap, and what persons took back is taken back again.
 */
export async function goBack({ config, keyText, signal }: Upgrading): Promise<number> {
  const note = readNote(config.dataDir);
  if (config.databaseUrl)
    throw new Error(
      `A database of DATABASE_URL is never replaced. ${backSentence(config, { taken: `${note.place}/${note.name}`, program: wayBack(note.program) })} Nothing was changed.`,
    );
  const { place } = locate(config, note.place);
  const source = { place, name: note.name };
  const { header } = await checkBackup({ source: await place.open(note.name), keyText, sets: migrationSets });
  const takenAt = Date.parse(header.takenAt);
  const found = await look(config, takenAt);
  const progress = showProgress("Restore");
  const { aside, rows, back } = await restoreInto({
    config,
    dataDir: config.dataDir,
    source,
    keyText,
    replaces: true,
    staysOld: { worked: found?.worked ?? null },
    takebacks: await takebacksSince(source, found, takenAt),
    report: progress.report,
    signal,
  });
  progress.end();
  print(
    [
      `${rows.toLocaleString("en")} rows stand as before the upgrade${aside ? `; what the upgrade had made is in ${aside}` : ""}.`,
      ...(back ? describeBack(back) : []),
      `Now put the program back, or the next start upgrades again: ${wayBack(note.program)}. Then start the node.`,
    ].join("\n"),
  );
  return 0;
}

/** @returns null when the database does not start or is not whole any more: perhaps the very reason to go back */
async function look(config: Config, takenAt: number): Promise<Aside | null> {
  try {
    const database = await openNodeDatabase(config);
    try {
      return await lookAside(database, takenAt);
    } finally {
      await database.stop();
    }
  } catch (error) {
    tell(
      `The database of the upgrade cannot be asked what was done since (${(error as Error).message}), so it counts as if the node had worked.`,
    );
    return null;
  }
}

/** What the database itself knows, with the list beside the backups: the one was perhaps restored, the other is a little older. */
async function takebacksSince(
  source: Pick<Source, "place">,
  found: Aside | null,
  takenAt: number,
): Promise<Takebacks | null> {
  const kept = await findTakebacks(source).catch((error: Error) => {
    // It stops a restore; the way back has what the database itself knows.
    tell(`The list of what persons took back cannot be read: ${error.message}`);
    return null;
  });
  if (!found) return kept;
  return kept ? mergeTakebacks(found.takebacks, kept, takenAt) : found.takebacks;
}

/** What the operator must know before the program before starts. */
function describeBack({ fate, held, takenBack, toErase }: Back): string[] {
  if (fate === "idle") return ["The node had not worked since the upgrade, so nothing is held."];
  return [
    "The node had worked since the upgrade. What came in since is not in these data.",
    fate === "held"
      ? `${held} messages that waited to be sent are held, and so is whatever has its reason in the time before: they may have been sent already. Look at the desk, then, with the program before: augenhoehe restore --release send (they go out) or --release drop (they count as sent).`
      : "The program before cannot hold anything: what waited to be sent when the upgrade was made goes out once it starts, perhaps a second time.",
    "Quotations and order confirmations go on with a new hundred, so that no number is given twice.",
    takenBack
      ? `Taken back again as persons had done since: ${takenBack.erased} erasures, ${takenBack.stopped} stops, ${takenBack.withdrawn} consents.`
      : "Nobody knows what persons took back since: erase those again who asked for it, and mind who said stop.",
    ...(toErase.length > 0
      ? [
          `Only the program before can erase these again; until you do it at its desk they are written to by nobody: ${toErase.map(({ tenantId, contactId }) => `contact ${contactId} of company ${tenantId}`).join(", ")}.`,
        ]
      : []),
  ];
}
