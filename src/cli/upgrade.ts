import { findEmbedded, type Kernel, migrate, readConfig, takeBackup, version } from "#kernel";
import { surveyDatabase } from "../kernel/db/survey.ts";
import { openNode, startWeb } from "../main.ts";
import { migrationSets } from "../migrations.ts";
import { checkRestored } from "./backup/check-restored.ts";
import { learnAhead } from "./backup/learn-ahead.ts";
import { type ProgramMark, readMark, wayBack } from "./backup/program-mark.ts";
import { showProgress } from "./backup/progress.ts";
import { filesFolder, interruption, locate, prepare } from "./backup/settings.ts";
import { writeNote } from "./backup/upgrade-note.ts";
import { hasDatabase } from "./beside.ts";
import { type NodeDatabase, openNodeDatabase } from "./database.ts";
import { print, readOptions, tell } from "./options.ts";
import { backSentence, goBack, type Upgrading } from "./upgrade-back.ts";

/**
 * `upgrade`: for the moment after a new program was installed and before it starts: a backup, the migrations, and a
 * start on trial; `upgrade --back` restores that backup. It does not fetch the program: npm and git do that.
 */
export async function upgradeCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: {
      data: { type: "string" },
      to: { type: "string" },
      "key-file": { type: "string" },
      back: { type: "boolean", default: false },
    },
  });
  const { config, keyText, address } = prepare(readConfig({ dataDir: values.data }), {
    keyFile: values["key-file"],
    address: values.to,
  });
  if (!hasDatabase(config))
    throw new Error(
      `There is no database in ${config.dataDir}: nothing to upgrade. augenhoehe start makes one.`,
    );
  if (await findEmbedded({ dataDir: config.dataDir }))
    throw new Error("The node runs: stop it first (systemctl stop augenhoehe). Nothing was changed.");
  const work = { config, keyText, signal: interruption() };
  return values.back ? goBack(work) : goForward(work, address);
}

async function goForward(work: Upgrading, to: string | undefined): Promise<number> {
  const { config } = work;
  const before = readMark(config.dataDir);
  const database = await openNodeDatabase(config);
  try {
    const { migrations, hasWorker } = await surveyDatabase(database.address, migrationSets, Date.now);
    if (hasWorker) throw new Error("A node works in this database: stop it first. Nothing was changed.");
    if (migrations.unknown.length > 0)
      throw new Error(
        `The data belong to a newer program (${migrations.unknown.join(", ")}): this one must not touch them. Nothing was changed.`,
      );
    if (migrations.pending.length === 0) {
      const learnt = await onTrial(work, database, (kernel) => learnAhead(kernel, work));
      print(
        [`The database is at the state of version ${version} already: start the node.`, learnt]
          .join("\n")
          .trim(),
      );
      return 0;
    }
    const taken = await backUp(work, database, { to, before });
    tell(`Backup: ${taken}.`);
    const back = backSentence(config, { taken, program: wayBack(before) });
    const learnt = await migrateAndTry(work, database).catch((error: Error) => {
      throw new Error(`The upgrade did not go well: ${error.message} ${back}`);
    });
    print(
      [
        `Version ${version} starts on these data and all checks are well. Start the node (systemctl start augenhoehe).`,
        ...(learnt === "" ? [] : [learnt]),
        back,
      ].join("\n"),
    );
    return 0;
  } finally {
    await database.stop();
  }
}

async function backUp(
  { config, keyText, signal }: Upgrading,
  database: NodeDatabase,
  { to, before }: { to: string | undefined; before: ProgramMark | null },
): Promise<string> {
  const { place, name } = locate(config, to);
  const progress = showProgress("Backup");
  const taken = await takeBackup({
    address: database.address,
    filesFolder: filesFolder(config),
    keyText,
    version,
    place,
    name,
    keep: null,
    now: Date.now,
    report: progress.report,
    signal,
  });
  progress.end();
  writeNote(config.dataDir, { place: place.title, name: taken.name, program: before });
  return `${place.title}/${taken.name}`;
}

/** The migrations, the doctor's promises, and one request to the node itself on a port of its own. @returns who learnt anew */
async function migrateAndTry(work: Upgrading, database: NodeDatabase): Promise<string> {
  const applied = await migrate(database.address, migrationSets, Date.now());
  tell(`Database brought up to date: ${applied.join(", ")}.`);
  return onTrial(work, database, async (kernel) => {
    const web = await startWeb(kernel);
    const health = await fetch(`${web.url}/health`).finally(() => web.close());
    if (!health.ok) throw new Error(`the node answers ${health.status} on trial`);
    const ill = (await checkRestored(kernel)).filter(({ level }) => level === "bad");
    if (ill.length > 0) throw new Error(ill.map(({ name, text }) => `${name}: ${text}`).join(" "));
    return learnAhead(kernel, work);
  });
}

/** A node alone with itself: no doors to the world, no backups, nobody asked. */
async function onTrial<T>(
  { config }: Upgrading,
  database: NodeDatabase,
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const alone = { tlsDomain: "", backupTo: "", embeddingUrl: "" };
  const node = await openNode(
    { ...config, ...alone, port: 0, host: "127.0.0.1", logLevel: "silent" },
    database.address,
  );
  try {
    return await work(node.kernel);
  } finally {
    await node.close();
  }
}
