import { fileURLToPath } from "node:url";
import pino from "pino";
import {
  type Clock,
  type Config,
  checkSkills,
  createHttpServer,
  createKernel,
  type DatabaseAddress,
  expirePersons,
  fileRoutes,
  type Kernel,
  kernelRoutes,
  kernelTimers,
  openDatabase,
  openFiles,
  openIngest,
  openRegistry,
  openWire,
  portalFlow,
  portalRoutes,
  registerHooks,
  registerLive,
  registerOneClick,
  registerVisitor,
  retractTimers,
  serveTls,
  startWorker,
  systemClock,
  version,
  visitorRoutes,
  type Worker,
} from "#kernel";
import { channels } from "./channels.ts";
import { ports, showModelFigures, skills } from "./skills.ts";

/** The composition root: config -> database -> kernel -> channels -> skills -> HTTP and worker. */

/** The rooms that hold data of persons, beside the kernel's own. */
export const rooms = skills.map(({ id, personalData }) => ({ id, personalData }));
/** Numbers of documents that a restore moves on. */
export const counters = skills.flatMap((skill) => skill.counters ?? []);
const purposes = skills.flatMap((skill) => skill.purposes);
const recipients = skills.flatMap((skill) => skill.recipients ?? []);
const topicNames = skills.flatMap((skill) => skill.topicNames ?? []);

const PAGES = fileURLToPath(new URL("../dist/web", import.meta.url));

/** Opens what every process of a node holds. @param clock a simulation has one of its own */
export async function openNode(
  config: Config,
  address: DatabaseAddress,
  clock: Clock = systemClock,
): Promise<{ kernel: Kernel; close(): Promise<void> }> {
  checkSkills(skills);
  // Logs go to stderr: stdout belongs to the command line.
  const log = pino(
    { level: config.logLevel, base: { pid: process.pid } },
    pino.destination({ fd: 2, sync: true }),
  );
  const db = openDatabase(address);
  const wire = openWire(address, log);
  const registry = await openRegistry(db, wire, log);
  const kernel = createKernel({ config, db, clock, log, wire, registry, adapters: channels });
  showModelFigures(kernel);
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
export async function startWeb(kernel: Kernel, options: { checkReplies?: boolean } = {}): Promise<Web> {
  const { clock, config, db, wire } = kernel;
  const ingest = openIngest({ address: db.address, clock, wire, keepMinutes: config.inboxKeepMinutes });
  const files = openFiles(kernel);
  const asked = ports(kernel);
  const closing = skills.flatMap((skill) => skill.closing?.(kernel) ?? []);
  const serving = skills.flatMap((skill) => skill.serve?.(kernel) ?? []);
  const routes = [
    ...kernelRoutes(kernel, { rooms, purposes, recipients, topicNames, closing }),
    ...visitorRoutes(kernel, { ingest, hooks: asked }),
    ...portalRoutes(kernel, { rooms: skills }),
    ...skills.flatMap((skill) => skill.routes?.(kernel) ?? []),
  ];
  const app = createHttpServer(kernel, { routes, pages: PAGES, version, ...options });
  registerHooks(app, kernel, ingest);
  registerOneClick(app, kernel);
  fileRoutes(app, kernel, files);
  registerVisitor(app, kernel, { live: registerLive(app, kernel), files });
  const url = await app.listen({ host: config.host, port: config.port });
  // With --port 0 nobody knew it before; links that we send out name it.
  config.port = Number(new URL(url).port);
  const tls = await serveTls(kernel, app);
  return {
    url,
    async close() {
      await tls?.close();
      await app.close();
      // The last listed asks those before it, so it ends first.
      for (const one of serving.reverse()) await one.close();
      await ingest.close();
    },
  };
}

/** Pump, sender, timers: the half that works. */
export function startWork(kernel: Kernel): Worker {
  const files = openFiles(kernel);
  return startWorker(kernel, {
    flows: [
      portalFlow(),
      ...skills.flatMap((skill) =>
        skill.flow ? [{ skill: skill.id, flow: skill.flow(kernel), catalogue: skill.messages }] : [],
      ),
    ],
    timers: Object.assign(
      {},
      kernelTimers(kernel, files),
      retractTimers(kernel, rooms),
      ...skills.map((skill) => skill.timers?.(kernel) ?? {}),
    ),
    begin: skills.flatMap(({ begin }) => (begin ? [() => begin(kernel)] : [])),
    expire: () => expirePersons(kernel, { rooms, purposes, conversationPurpose: "service.answer" }),
    readFile: (tenantId, fileId) => files.read(tenantId, fileId),
  });
}
