import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { createSecureContext, createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import { CHALLENGE_PATH } from "./acme-order.ts";

/**
 * The two doors of a node that serves TLS itself: port 80 answers the authority's challenges and leads everybody
 * else to https; port 443 hands decrypted connections to the node's one HTTP server.
 */

const HANDSHAKE_MS = 10_000;
const REQUEST_MS = 10_000;

export interface Doors {
  httpPort: number;
  /** null until the first certificate is there. */
  httpsPort(): number | null;
  /** Puts a challenge's file up; the result takes it down. */
  publish(token: string, text: string): () => void;
  /**
   * Opens port 443, or goes on with another certificate: open connections keep theirs, new ones get this one. One call at a
   * time. @throws Error one sentence, when the port cannot be had; a later call tries again
   */
  use(pem: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param inner takes the connections; it need not listen itself
 * @param at.host "" = all addresses
 * @throws Error one sentence, when port 80 cannot be had
 */
export async function openDoors(
  inner: Server,
  at: { domain: string; host: string; httpPort: number; httpsPort: number },
): Promise<Doors> {
  const challenges = new Map<string, string>();
  let tls: TlsServer | undefined;
  const plain = createServer((request, reply) =>
    answer(request, reply, { challenges, isReady: tls !== undefined, at }),
  );
  plain.requestTimeout = REQUEST_MS;
  plain.headersTimeout = REQUEST_MS;
  await listen(plain, at.host, at.httpPort);
  return {
    httpPort: (plain.address() as AddressInfo).port,
    httpsPort: () => (tls?.address() as AddressInfo | null | undefined)?.port ?? null,
    publish(token, text) {
      challenges.set(token, text);
      return () => void challenges.delete(token);
    },
    async use(pem) {
      const parts = { key: pem, cert: pem, minVersion: "TLSv1.2" as const };
      createSecureContext(parts); // throws before anything is replaced
      if (tls) {
        tls.setSecureContext(parts);
        return;
      }
      const server = createTlsServer({
        ...parts,
        ALPNProtocols: ["http/1.1"],
        handshakeTimeout: HANDSHAKE_MS,
      });
      server.on("secureConnection", (socket) => inner.emit("connection", socket));
      // Scanners speak nonsense to every open port.
      server.on("tlsClientError", () => {});
      await listen(server, at.host, at.httpsPort);
      tls = server;
    },
    async close() {
      // Connections that came in by 443 belong to the inner server, which ends them.
      tls?.close();
      const gone = closed(plain);
      plain.closeAllConnections();
      await gone;
    },
  };
}

interface Redirecting {
  challenges: ReadonlyMap<string, string>;
  isReady: boolean;
  at: { domain: string; httpsPort: number };
}

function answer(
  request: IncomingMessage,
  reply: ServerResponse,
  { challenges, isReady, at }: Redirecting,
): void {
  const path = request.url ?? "/";
  const send = (status: number, text: string, headers: Record<string, string> = {}) => {
    reply.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
    reply.end(text);
  };
  if (path.startsWith(CHALLENGE_PATH)) {
    const text = challenges.get(path.slice(CHALLENGE_PATH.length));
    // No line end: the authority compares the bytes.
    if (text) send(200, text);
    else send(404, "not found\n");
    return;
  }
  if (!isReady) {
    send(503, "The certificate is being fetched; try again in a minute.\n", { "retry-after": "30" });
    return;
  }
  const port = at.httpsPort === 443 || at.httpsPort === 0 ? "" : `:${at.httpsPort}`;
  const isReading = request.method === "GET" || request.method === "HEAD";
  send(isReading ? 301 : 308, "", {
    location: `https://${at.domain}${port}${path.startsWith("/") ? path : "/"}`,
  });
}

async function listen(server: NetServer, host: string, port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(new Error(refusal(port, error.code ?? ""))));
    server.listen(host ? { host, port } : { port }, () => done());
  });
  server.removeAllListeners("error");
  server.on("error", () => {});
}

function refusal(port: number, code: string): string {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by another program: stop it (ss -ltnp shows which), or put Augenhöhe behind it (augenhoehe setup).`;
  if (code === "EACCES")
    return `This user may not listen on port ${port}: start Augenhöhe as the service that augenhoehe setup made, which may.`;
  return `Port ${port} cannot be used (${code}).`;
}

function closed(server: NetServer): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
