import {
  addFiguresOf,
  type Config,
  isCodeNeeded,
  type Kernel,
  makeSetupCode,
  migrate,
  readConfig,
  setupLink,
} from "#kernel";
import { openNode, startWeb, startWork, type Web } from "../main.ts";
import { migrationSets } from "../migrations.ts";
import { markProgram } from "./backup/program-mark.ts";
import { startBackupSchedule } from "./backup/schedule.ts";
import { type NodeDatabase, openNodeDatabase } from "./database.ts";
import { pointDemoAtSimulators } from "./demo/channels.ts";
import { demoMemory } from "./demo/memory.ts";
import { type DemoAccess, seedDemo } from "./demo/seed.ts";
import { checkPort } from "./doctor/network.ts";
import { print, readOptions, tell } from "./options.ts";
import { type Child, type Simulators, startSimulators, startWorkerProcess } from "./processes.ts";

const STOP_LIMIT_MS = 9_500;

/** Starts a node and keeps it up until SIGTERM or Ctrl+C. */
export async function startCommand(args: string[]): Promise<number> {
  const begun = performance.now();
  const { values } = readOptions(args, {
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      json: { type: "boolean", default: false },
      "no-demo": { type: "boolean", default: false },
      processes: { type: "string" },
    },
  });
  const config = readConfig({
    port: values.port,
    host: values.host,
    dataDir: values.data,
    processes: values.processes,
  });
  const stopping = new Promise<void>((done) => {
    process.on("SIGTERM", () => done());
    process.on("SIGINT", () => done());
  });
  const running = await start(config, { withDemo: !values["no-demo"] });
  const ready = `Ready after ${((performance.now() - begun) / 1000).toFixed(1)} s.`;
  tell(ready);
  print(values.json ? JSON.stringify(running.report) : humanReport(running));
  await stopping;
  tell("Stopping. What was acknowledged is stored.");
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  await running.stop();
  return 0;
}

/** A node that the world reaches needs a code from its first owner. null: it has one, or an owner, or is reached from here only. */
async function firstOwnerLink({ db, clock, config }: Kernel, url: string): Promise<string | null> {
  if (isLocal(config) || (await isCodeNeeded(db))) return null;
  const code = await makeSetupCode(db, clock.now());
  return code && setupLink(url, code);
}

function isLocal({ publicUrl, host }: Pick<Config, "publicUrl" | "host">): boolean {
  return publicUrl === "" && /^(localhost|127\.|::1)/.test(host);
}

interface Running {
  isLocal: boolean;
  /** Where the first owner signs up. */
  link: string | null;
  report: Record<string, unknown>;
  demo: DemoAccess | null;
  url: string;
  stop(): Promise<void>;
}

/** First nothing new comes in, then what waits is worked off, PostgreSQL last. */
const STOP_ORDER = ["backups", "web", "worker", "simulators", "node", "database"] as const;
type Opened = Partial<Record<(typeof STOP_ORDER)[number], () => Promise<void>>>;

async function closeAll(opened: Opened): Promise<void> {
  for (const part of STOP_ORDER) await opened[part]?.();
}

/** A start that fails half-way, e.g. on a busy port, leaves no process behind. */
async function start(config: Config, options: { withDemo: boolean }): Promise<Running> {
  const opened: Opened = {};
  try {
    return await open(config, options, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** Said before anything is started. @throws Error in one sentence */
async function requirePort(config: Config): Promise<void> {
  const { finding, isOurs } = await checkPort(config);
  if (isOurs) throw new Error(`${finding.text} Stop it, or start with --port.`);
  if (finding.level === "bad") throw new Error(finding.text);
}

async function open(config: Config, options: { withDemo: boolean }, opened: Opened): Promise<Running> {
  await requirePort(config);
  const database = await openNodeDatabase(config);
  opened.database = () => database.stop();
  const applied = await migrate(database.address, migrationSets, Date.now());
  if (applied.length > 0) tell(`Database brought up to date (${applied.length} steps).`);
  markProgram(config.dataDir);
  const node = await openNode(config, database.address);
  opened.node = () => node.close();
  const demo = options.withDemo
    ? await seedDemo(node.kernel, { remember: demoMemory(config.dataDir), tell })
    : null;
  const web = await startWeb(node.kernel);
  opened.web = () => web.close();
  const url = config.publicUrl || web.url;
  const simulators = demo ? await startDemoSimulators(demo, web.url) : null;
  if (simulators) opened.simulators = () => simulators.stop();
  if (demo && simulators) await pointDemoAtSimulators(node.kernel, demo, simulators.urls);
  const worker = await startHalf(config, database, node.kernel);
  opened.worker = () => worker.stop();
  const backups = startBackupSchedule(config, database.address);
  opened.backups = () => backups.stop();
  return {
    url,
    demo,
    isLocal: isLocal(config),
    link: options.withDemo ? null : await firstOwnerLink(node.kernel, url),
    report: reportOf({ url, demo, simulators, pids: pidsOf(database, worker, simulators) }),
    stop: () => closeAll(opened),
  };
}

/** The worker in a process of its own, or in this one (a small installation). */
async function startHalf(
  config: Config,
  database: NodeDatabase,
  kernel: Parameters<typeof startWork>[0],
): Promise<Child> {
  if (config.processes === 2) {
    const child = await startWorkerProcess({ config, database: database.order });
    addFiguresOf(() => child.figures());
    return child;
  }
  const worker = startWork(kernel);
  return { pid: () => process.pid, stop: () => worker.stop() };
}

function startDemoSimulators(demo: DemoAccess, base: Web["url"]): Promise<Simulators> {
  return startSimulators({
    whatsapp: {
      port: 0,
      appSecret: demo.whatsapp.appSecret,
      webhook: `${base}/hooks/${demo.whatsapp.appId}`,
      phoneNumberId: demo.whatsapp.phoneNumberId,
    },
    telegram: {
      port: 0,
      token: demo.telegram.token,
      username: demo.telegram.botName,
      webhook: `${base}/hooks/${demo.telegram.appId}`,
      secretToken: demo.telegram.secretToken,
    },
  });
}

function pidsOf(database: NodeDatabase, worker: Child, simulators: Simulators | null) {
  return {
    web: process.pid,
    worker: worker.pid(),
    postgres: database.pid(),
    ...(simulators ? { simulator: simulators.pid } : {}),
  };
}

function reportOf(parts: {
  url: string;
  demo: DemoAccess | null;
  simulators: Simulators | null;
  pids: Record<string, number>;
}): Record<string, unknown> {
  const { url, demo, simulators, pids } = parts;
  return {
    page: demo ? `${url}/c/${demo.slug}` : null,
    desk: `${url}/desk/`,
    api: `${url}/api`,
    openapi: `${url}/api/openapi.json`,
    health: `${url}/health`,
    apiKey: demo?.apiKey ?? null,
    apiKeyHeader: "X-Api-Key",
    signIn: demo?.signIn ?? null,
    courier: demo?.courier ? `${url}${demo.courier}` : null,
    tenants: demo?.tenants ?? [],
    pids,
    whatsapp:
      demo && simulators
        ? {
            webhook: `${url}/hooks/${demo.whatsapp.appId}`,
            appSecret: demo.whatsapp.appSecret,
            verifyToken: demo.whatsapp.verifyToken,
            phoneNumberId: demo.whatsapp.phoneNumberId,
            simulator: simulators.urls.whatsapp,
          }
        : null,
    telegram:
      demo && simulators
        ? {
            webhook: `${url}/hooks/${demo.telegram.appId}`,
            secretToken: demo.telegram.secretToken,
            simulator: simulators.urls.telegram,
          }
        : null,
  };
}

function humanReport({ url, demo, link, isLocal: isLocalOnly }: Running): string {
  const lines = demo
    ? [
        `  Company's page  ${url}/c/${demo.slug}`,
        ...(demo.secondSlug === null ? [] : [`  and a maker's   ${url}/c/${demo.secondSlug}`]),
        `  Desk            ${url}/desk/`,
        `                  ${demo.signIn.email}  ${demo.signIn.password}`,
        ...(demo.courier === "" ? [] : [`  A courier's page ${url}${demo.courier}`]),
      ]
    : [
        `  Desk            ${url}/desk/${isLocalOnly ? "  (the first visitor becomes the owner)" : ""}`,
        ...(link ? [`  First owner     ${link}`] : []),
      ];
  return [
    "",
    ...lines,
    `  API documents   ${url}/api`,
    `  Health          ${url}/health`,
    "",
    "Stop with Ctrl+C.",
  ].join("\n");
}
