import { resolve } from "node:path";
import { type Config, readConfig, surveyBackups } from "#kernel";
import { openNode } from "../main.ts";
import { hasDatabase } from "./beside.ts";
import { backupFindings } from "./doctor/backups.ts";
import { checkChannels } from "./doctor/channels.ts";
import { examineDatabase, workFindings } from "./doctor/database.ts";
import { checkEmbedding } from "./doctor/embedding.ts";
import type { Finding } from "./doctor/finding.ts";
import { checkMachine } from "./doctor/machine.ts";
import { checkPort, checkPublicUrl } from "./doctor/network.ts";
import { checkWorld } from "./doctor/world.ts";
import { print, readOptions } from "./options.ts";

const NAME_WIDTH = 27;

/** `doctor`: looks at everything a node needs. Exit code 1 when something is bad. */
export async function doctorCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: {
      data: { type: "string" },
      port: { type: "string" },
      host: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const config = readConfig({ dataDir: values.data, port: values.port, host: values.host });
  const checks = await examine(config);
  const isWell = checks.every(({ level }) => level !== "bad");
  if (values.json) print(JSON.stringify({ ok: isWell, checks }));
  else print([...checks.map(line), "", summary(checks)].join("\n"));
  return isWell ? 0 : 1;
}

function line({ level, name, text }: Finding): string {
  return `${level.padEnd(4)}  ${name.padEnd(NAME_WIDTH)}  ${text}`;
}

function summary(checks: readonly Finding[]): string {
  const bad = checks.filter(({ level }) => level === "bad").length;
  const warn = checks.filter(({ level }) => level === "warn").length;
  if (bad + warn === 0) return "All is well.";
  return `${bad} bad, ${warn} to look at.`;
}

async function examine(config: Config): Promise<Finding[]> {
  const port = await checkPort(config);
  if (!hasDatabase(config)) {
    const state = { isNodeRunning: port.isOurs };
    const none: Finding = {
      name: "database",
      level: "warn",
      text: `There is none in ${resolve(config.dataDir)} yet: augenhoehe start makes it, or name another folder with --data.`,
    };
    const world = await checkWorld(config, null, state);
    return [
      ...(await checkMachine(config, state)),
      port.finding,
      await checkPublicUrl(config, state),
      ...world,
      none,
    ];
  }
  const { list, database, survey, work } = await examineDatabase(config);
  try {
    const state = { isNodeRunning: survey?.hasWorker ?? port.isOurs };
    const found = [
      ...(await checkMachine(config, state)),
      port.finding,
      await checkPublicUrl(config, state),
      ...(await checkEmbedding(config)),
      ...list,
    ];
    if (port.isOurs && survey && !survey.hasWorker)
      found.push({
        name: "worker",
        level: "bad",
        text: "A node answers on the port, but none works in this database: see whether it was started with this data folder, else start it again.",
      });
    if (!(database && work)) return found;
    found.push(...workFindings(work, state));
    found.push(...backupFindings(await surveyBackups(database.address), config, Date.now()));
    const node = await openNode({ ...config, logLevel: "silent" }, database.address);
    try {
      found.push(...(await checkWorld(config, node.kernel, state)));
      found.push(...(await checkChannels(node.kernel, work.channels, state)));
    } finally {
      await node.close();
    }
    return found;
  } finally {
    await database?.stop();
  }
}
