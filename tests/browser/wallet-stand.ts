import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { PAGE_POLICY } from "../../src/kernel/http/headers.ts";
import { registerPages } from "../../src/kernel/http/static.ts";
import type { Kernel } from "../../src/kernel/kernel.ts";
import { CallError } from "../../src/web/customer-page/call.ts";
import { TENANT, type WalletCore } from "../outside/wallet-core.ts";

/** The built wallet page on a server whose ledger is the core in memory: for looks, faults and what takes how long. */

export async function standFor(
  core: WalletCore,
  folder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify();
  registerPages(app, { folder, kernel: { registry: { tenantIds: () => [] } } as unknown as Kernel });
  register(app, core);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as { port: number };
  return { url: `http://localhost:${port}`, close: () => app.close() };
}

function register(app: FastifyInstance, core: WalletCore): void {
  const at = "/api/v1/wallet";
  const query = (request: FastifyRequest) => request.query as Record<string, string>;
  const owner = ({ headers }: FastifyRequest) =>
    core.ownerOf({ token: (headers.authorization ?? "").replace(`Wallet ${TENANT}.`, "") });
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof CallError ? error.status || 503 : 500;
    return reply.code(status).send({ message: (error as Error).message });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("content-security-policy")) reply.header("content-security-policy", PAGE_POLICY);
  });
  const { anybody } = core;
  app.get(`${at}/invitation`, (request) => anybody.invitation(query(request).key ?? ""));
  app.post(`${at}/open`, (request) => anybody.open(request.body as Parameters<typeof anybody.open>[0]));
  app.get(`${at}/request`, (request) => anybody.request(query(request).key ?? ""));
  app.get(`${at}/me`, (request) => owner(request).me());
  app.get(`${at}/history`, (request) => owner(request).movements(null));
  app.get(`${at}/proof`, (request) => owner(request).proof());
  app.get(`${at}/recoveries`, async (request) => ({ items: await owner(request).recoveries() }));
  app.post(`${at}/devices`, (request) => owner(request).inviteDevice(""));
  app.post(`${at}/submit`, (request) => {
    const { bytes } = request.body as { bytes: string };
    return owner(request).submit(new Uint8Array(Buffer.from(bytes, "base64url")));
  });
  app.get("/api/v1/coin/public", async () => {
    const { sealed } = core.all.state;
    const { height = 0, total = 0, root = new Uint8Array(32) } = sealed ?? {};
    return { sealed: sealed && { height, total, root: Buffer.from(root).toString("hex") } };
  });
}
