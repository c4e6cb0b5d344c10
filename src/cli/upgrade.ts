import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type Config, findEmbedded, migrate, readConfig, takeBackup, version } from "#kernel";
import { surveyDatabase } from "../kernel/db/survey.ts";
import { openNode, startWeb } from "../main.ts";
import { migrationSets } from "../migrations.ts";
import { checkRestored } from "./backup/check-restored.ts";
import { type ProgramMark, readMark, wayBack } from "./backup/program-mark.ts";
import { showProgress } from "./backup/progress.ts";
import { restoreInto } from "./backup/restore-into.ts";
import { filesFolder, interruption, locate, readKey } from "./backup/settings.ts";
import { hasDatabase } from "./beside.ts";
import { type NodeDatabase, openNodeDatabase } from "./database.ts";
import { print, readOptions, tell } from "./options.ts";

/**
 * `upgrade`: for the moment after a new program was installed and before it starts: a backup, the migrations, and a
 * start on trial; `upgrade --back` restores that backup. It does not fetch the program: npm and git do that.
 */
const noteSchema = z.object({
  place: z.string(),
  name: z.string(),
  program: z.object({ version: z.string(), commit: z.string().nullable() }).nullable(),
});
const NOTE = "upgrade.json";

export async function upgradeCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: {
      data: { type: "string" },
      to: { type: "string" },
      "key-file": { type: "string" },
      back: { type: "boolean", default: false },
    },
  });
  const config = readConfig({ dataDir: values.data });
  if (!hasDatabase(config))
    throw new Error(
      `There is no database in ${resolve(config.dataDir)}: nothing to upgrade. augenhoehe start makes one.`,
    );
  const keyText = readKey(config, values["key-file"]);
  if (await findEmbedded({ dataDir: resolve(config.dataDir) }))
    throw new Error("The node runs: stop it first (systemctl stop augenhoehe). Nothing was changed.");
  if (values.back) return goBack(config, keyText);
  return goForward(config, { keyText, to: values.to });
}

async function goForward(
  config: Config,
  { keyText, to }: { keyText: string; to: string | undefined },
): Promise<number> {
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
      print(`The database is at the state of version ${version} already: start the node.`);
      return 0;
    }
    const taken = await backUp(config, database, { keyText, to, before });
    tell(`Backup: ${taken}.`);
    return await migrateAndTry(config, database, before);
  } finally {
    await database.stop();
  }
}

async function backUp(
  config: Config,
  database: NodeDatabase,
  { keyText, to, before }: { keyText: string; to: string | undefined; before: ProgramMark | null },
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
    signal: interruption(),
  });
  progress.end();
  const note = { place: place.title, name: taken.name, program: before };
  const path = join(resolve(config.dataDir), NOTE);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
  return `${place.title}/${taken.name}`;
}

/** The doctor's promises, and one request to the node itself on a port of its own. */
async function migrateAndTry(
  config: Config,
  database: NodeDatabase,
  before: ProgramMark | null,
): Promise<number> {
  const back = `The way back: augenhoehe upgrade --back, then ${wayBack(before)}. What comes in after the node has started would be lost with it.`;
  try {
    const applied = await migrate(database.address, migrationSets, Date.now());
    tell(`Database brought up to date: ${applied.join(", ")}.`);
    const node = await openNode(
      // Alone with itself: no doors to the world, no backups, nobody asked.
      {
        ...config,
        port: 0,
        host: "127.0.0.1",
        logLevel: "silent",
        tlsDomain: "",
        backupTo: "",
        embeddingUrl: "",
      },
      database.address,
    );
    try {
      const web = await startWeb(node.kernel);
      const health = await fetch(`${web.url}/health`).finally(() => web.close());
      if (!health.ok) throw new Error(`the node answers ${health.status} on trial`);
      const ill = (await checkRestored(node.kernel)).filter(({ level }) => level === "bad");
      if (ill.length > 0) throw new Error(ill.map(({ name, text }) => `${name}: ${text}`).join(" "));
    } finally {
      await node.close();
    }
  } catch (error) {
    throw new Error(`The upgrade did not go well: ${(error as Error).message} ${back}`);
  }
  print(
    `Version ${version} starts on these data and all checks are well. Start the node (systemctl start augenhoehe).\n${back}`,
  );
  return 0;
}

/** The backup of the upgrade comes back as it was; what the upgrade had made is put aside. */
async function goBack(config: Config, keyText: string): Promise<number> {
  const path = join(resolve(config.dataDir), NOTE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new Error(
      `No upgrade was made in ${resolve(config.dataDir)}, so there is no way back; restore a backup with augenhoehe restore FILE.`,
    );
  }
  const note = noteSchema.parse(JSON.parse(text));
  const { place } = locate(config, note.place);
  const progress = showProgress("Restore");
  const { aside, rows } = await restoreInto({
    config,
    dataDir: config.dataDir,
    source: { place, name: note.name },
    keyText,
    replaces: true,
    staysOld: true,
    takebacks: null,
    report: progress.report,
    signal: interruption(),
  });
  progress.end();
  print(
    [
      `${rows.toLocaleString("en")} rows stand as before the upgrade${aside ? `; what the upgrade had made is in ${aside}` : ""}.`,
      `Now put the program back, or the next start upgrades again: ${wayBack(note.program)}. Then start the node.`,
    ].join("\n"),
  );
  return 0;
}
