import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Config,
  type DatabaseAddress,
  embeddedAddress,
  findEmbedded,
  startEmbedded,
  urlAddress,
} from "#kernel";
import { tell } from "./options.ts";

/** The database of a node: the embedded one of its data folder, or DATABASE_URL. */
export interface NodeDatabase {
  address: DatabaseAddress;
  /** To be handed to the worker process. */
  order: { url: string } | { host: string; port: number; database: string };
  /** 0 for a foreign server. */
  pid(): number;
  /** Did somebody else start it? Then it is left running. */
  isShared: boolean;
  stop(): Promise<void>;
}

/** Starts the embedded PostgreSQL and keeps it up: a server that dies under us is started again. */
export async function openNodeDatabase(
  config: Config,
  log: (sentence: string) => void = tell,
): Promise<NodeDatabase> {
  if (config.databaseUrl) return foreign(config.databaseUrl);
  const dataDir = resolve(config.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const settings = { shared_buffers: `${config.sharedBuffersMegabytes}MB` };
  let stopping = false;
  let server = await startEmbedded({ dataDir, log, settings });
  const watch = (): void =>
    server.onExit(async (reason) => {
      if (stopping) return;
      log(`PostgreSQL ended (${reason}). Starting it again; what was acknowledged is kept.`);
      for (let attempt = 1; !stopping; attempt++) {
        try {
          server = await startEmbedded({ dataDir, settings });
          watch();
          return;
        } catch (error) {
          if (attempt % 20 === 0) log(`PostgreSQL does not start: ${(error as Error).message}`);
          await new Promise((wait) => setTimeout(wait, 250));
        }
      }
    });
  watch();
  const { host, port, database } = server.connection();
  const order = { host, port, database };
  return {
    address: embeddedAddress(order),
    order,
    pid: () => server.pid,
    isShared: false,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}

/** For a command beside a node: the running server if there is one, else one of its own that is stopped afterwards. */
export async function joinDatabase(config: Config): Promise<NodeDatabase> {
  if (config.databaseUrl) return foreign(config.databaseUrl);
  const running = await findEmbedded({ dataDir: resolve(config.dataDir) });
  if (!running) return openNodeDatabase(config);
  const { host, port, database } = running.connection();
  const order = { host, port, database };
  return {
    address: embeddedAddress(order),
    order,
    pid: () => running.pid,
    isShared: true,
    stop: async () => {},
  };
}

function foreign(url: string): NodeDatabase {
  return { address: urlAddress(url), order: { url }, pid: () => 0, isShared: true, stop: async () => {} };
}
