import { fileURLToPath } from "node:url";
import pino from "pino";
import {
  type Config,
  callbackTimers,
  conversationRoutes,
  createHttpServer,
  createKernel,
  type DatabaseAddress,
  type Ingest,
  type Kernel,
  mediaTimers,
  openDatabase,
  openFiles,
  openIngest,
  openRegistry,
  openWire,
  registerHooks,
  sessionRoutes,
  startWorker,
  systemClock,
  version,
  type Worker,
} from "#kernel";
import { channels } from "./channels.ts";
import { skills } from "./skills.ts";

/** The composition root: config -> database -> kernel -> channels -> skills -> HTTP and worker. */

const PAGES = fileURLToPath(new URL("../dist/web", import.meta.url));

/** Opens what every process of a node holds. */
export async function openNode(
  config: Config,
  address: DatabaseAddress,
): Promise<{ kernel: Kernel; close(): Promise<void> }> {
  // Logs go to stderr: stdout belongs to the command line.
  const log = pino(
    { level: config.logLevel, base: { pid: process.pid } },
    pino.destination({ fd: 2, sync: true }),
  );
  const db = openDatabase(address);
  const wire = openWire(address, log);
  const registry = await openRegistry(db, wire, log);
  const kernel = createKernel({ config, db, clock: systemClock, log, wire, registry, adapters: channels });
  return {
    kernel,
    async close() {
      registry.close();
      await wire.close();
      await db.close();
    },
  };
}

export interface Web {
  /** Where it listens, e.g. http://127.0.0.1:4242 */
  url: string;
  close(): Promise<void>;
}

/** Webhooks in, API, live feeds and pages: the half that faces outward. @throws Error when the port is taken */
export async function startWeb(
  kernel: Kernel,
  address: DatabaseAddress,
  options: { checkReplies?: boolean } = {},
): Promise<Web> {
  const { config } = kernel;
  const ingest: Ingest = openIngest({
    address,
    clock: kernel.clock,
    wire: kernel.wire,
    keepMinutes: config.inboxKeepMinutes,
  });
  const app = createHttpServer(kernel, {
    routes: [
      ...sessionRoutes(kernel),
      ...conversationRoutes(kernel),
      ...skills.flatMap((skill) => skill.routes?.(kernel) ?? []),
    ],
    pages: PAGES,
    version,
    ...options,
  });
  registerHooks(app, kernel, ingest);
  const url = await app.listen({ host: config.host, port: config.port });
  return {
    url,
    async close() {
      await app.close();
      await ingest.close();
    },
  };
}

/** Pump, sender, timers: the half that works. */
export function startWork(kernel: Kernel): Worker {
  const files = openFiles(kernel);
  return startWorker(kernel, {
    flows: skills.flatMap((skill) =>
      skill.flow ? [{ skill: skill.id, flow: skill.flow(kernel), catalogue: skill.messages }] : [],
    ),
    timers: Object.assign(
      {},
      callbackTimers(kernel),
      mediaTimers(kernel, files),
      ...skills.map((skill) => skill.timers?.(kernel) ?? {}),
    ),
    readFile: (tenantId, fileId) => files.read(tenantId, fileId),
  });
}
