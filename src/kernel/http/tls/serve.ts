import type { FastifyInstance } from "fastify";
import type { Kernel } from "../../kernel.ts";
import { tlsFolder } from "./certificate.ts";
import { openDoors } from "./doors.ts";
import { keepCertificate } from "./keeper.ts";

export interface TlsService {
  close(): Promise<void>;
}

/**
 * Serves the node's pages and hooks on https where TLS_DOMAIN is set; null where a proxy does it.
 * @param app ready to take connections
 * @throws Error in one sentence when port 80 cannot be had
 */
export async function serveTls(kernel: Kernel, app: FastifyInstance): Promise<TlsService | null> {
  const { config, clock, log } = kernel;
  if (!config.tlsDomain) return null;
  const doors = await openDoors(app.server, {
    domain: config.tlsDomain,
    host: config.tlsHost,
    httpPort: config.httpPort,
    httpsPort: config.httpsPort,
  });
  const keeper = keepCertificate({
    domain: config.tlsDomain,
    directory: config.acmeDirectory,
    email: config.acmeEmail,
    folder: tlsFolder(config.dataDir),
    clock,
    log,
    publish: doors.publish,
    use: doors.use,
  });
  return {
    async close() {
      await keeper.stop();
      await doors.close();
    },
  };
}
