import { resolve } from "node:path";
import { readConfig, releaseHold } from "#kernel";
import { drill } from "./backup/drill.ts";
import type { Filled } from "./backup/fill.ts";
import { workAsOwner } from "./backup/own-folder.ts";
import { showProgress } from "./backup/progress.ts";
import { type Restored, restoreInto } from "./backup/restore-into.ts";
import { duration, interruption, locate, prepare } from "./backup/settings.ts";
import { findSource, findTakebacks, readTakebacksFile } from "./backup/source.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";

/** `restore FILE`, `restore --drill [FILE]`, `restore --release send|drop`. */
export async function restoreCommand(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      data: { type: "string" },
      into: { type: "string" },
      "key-file": { type: "string" },
      takebacks: { type: "string" },
      replace: { type: "boolean", default: false },
      drill: { type: "boolean", default: false },
      release: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.length > 1) throw new UsageError("restore takes one backup. See augenhoehe --help.");
  const given = readConfig({ dataDir: values.into ?? values.data });
  if (values.release !== undefined) return release(values.release, resolve(given.dataDir));
  const [named] = positionals;
  if (!(named || values.drill))
    throw new UsageError(
      "Name the backup: restore FILE, restore FOLDER for its newest, or s3://bucket/prefix.",
    );
  const list = values.takebacks === undefined ? null : readTakebacksFile(values.takebacks);
  const { config, keyText, address } = prepare(given, { keyFile: values["key-file"], address: named });
  const source = await findSource(locate(config, address));
  const progress = showProgress(values.drill ? "Drill" : "Restore");
  const parts = { config, source, keyText, signal: interruption(), report: progress.report };
  try {
    if (values.drill) {
      const drilled = await drill(parts);
      progress.end();
      print(
        values.json
          ? JSON.stringify({ backup: source.name, ...drilled })
          : describeDrill(source.name, drilled),
      );
      return drilled.isGood ? 0 : 1;
    }
    const takebacks = list ?? (await findTakebacks(source));
    const restored = await restoreInto({
      ...parts,
      takebacks,
      dataDir: config.dataDir,
      replaces: values.replace,
    });
    progress.end();
    print(
      values.json ? JSON.stringify({ backup: source.name, ...restored }) : describe(source.name, restored),
    );
    return restored.checks.every(({ level }) => level !== "bad") ? 0 : 1;
  } finally {
    progress.end();
  }
}

function counts(filled: Filled): string[] {
  const { header, tables, rows, files, checks, migrated } = filled;
  return [
    `State of ${header.takenAt}, made by version ${header.version}: ${rows.toLocaleString("en")} rows of ${tables.length} tables, each as many as were written; ${files} files.`,
    ...(migrated.length > 0 ? [`Brought to this version by ${migrated.join(", ")}.`] : []),
    ...checks.map(({ level, name, text }) => `${level.padEnd(4)}  ${name.padEnd(27)}  ${text}`),
  ];
}

function describeDrill(name: string, drilled: Awaited<ReturnType<typeof drill>>): string {
  const { rows, indexes, all } = drilled.seconds;
  return [
    `${name} was restored into a scratch database${drilled.isGood ? "" : ", and something is wrong"}.`,
    ...counts(drilled),
    `${duration(all)} (rows ${duration(rows)}, indexes ${duration(indexes)}); the scratch database is removed.`,
  ].join("\n");
}

/** What the operator must know before the node starts again. */
function describe(name: string, restored: Restored): string {
  const { aside, held, takenBack } = restored;
  return [
    `${name} is restored.`,
    ...counts(restored),
    ...(aside ? [`What was there before stands in ${aside}; remove it when you no longer need it.`] : []),
    "",
    takenBack
      ? `Taken back again as persons had done after the backup: ${takenBack.erased} erasures, ${takenBack.stopped} stops, ${takenBack.withdrawn} consents.`
      : "There was no list of what persons took back after the backup (augenhoehe-takebacks.json beside it): erase those again who asked for it since, and mind who said stop.",
    `${held} messages that waited to be sent are held, and so is whatever has its reason in the time before this restore: they may have been sent already.`,
    "Quotations and order confirmations go on with a new hundred, so that no number is given twice; what is left out stands at the desk under Firms, Letter head.",
    "Start the node, look at the desk, then: augenhoehe restore --release send (they go out) or --release drop (they count as sent).",
    "Staff sign in again. Customers' messages since the backup come back only where a mailbox still holds them.",
  ].join("\n");
}

async function release(decision: string, dataDir: string): Promise<number> {
  if (decision !== "send" && decision !== "drop")
    throw new UsageError("Say --release send (held messages go out) or --release drop (they count as sent).");
  workAsOwner(dataDir);
  const count = await besideNode({ dataDir, mayMake: false }, ({ db }) =>
    releaseHold(db.address, { decision, now: Date.now() }),
  );
  tell(
    decision === "send"
      ? `${count} messages go out now, as far as consent still allows.`
      : `${count} messages count as sent.`,
  );
  tell("Nothing is held any more.");
  return 0;
}
