import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { counter } from "../observe.ts";
import { addressedAccount } from "./addressed.ts";
import type { Ingest } from "./ingest.ts";

/** Meta sends up to 3 MB. */
export const WEBHOOK_BYTES = 3 * 1024 * 1024;
/** Up to this size a body is parsed at the door to see whether it is JSON; a large batch would hold up the others. */
const CHECKED_BYTES = 64 * 1024;

const webhooks = counter("ah_webhooks_total", "Webhook calls by answer", ["kind", "answer"]);

/**
 * POST /hooks/:app: verify over the raw bytes, find the account by a byte scan, store, answer after the commit.
 * GET is the handshake. Nothing else happens here: parsing is the pump's work.
 */
export function registerHooks(app: FastifyInstance, kernel: Kernel, ingest: Ingest): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: WEBHOOK_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.get<{ Params: { app: string } }>("/hooks/:app", async (request, reply) => {
      const known = knownApp(kernel, request.params.app);
      const challenge = known.adapter.handshake?.(
        request.query as Record<string, string | undefined>,
        known.app,
      );
      if (challenge === null || challenge === undefined) throw new AppError("forbidden");
      return reply.type("text/plain").send(challenge);
    });
    scope.post<{ Params: { app: string } }>(
      "/hooks/:app",
      { bodyLimit: WEBHOOK_BYTES, logLevel: "silent" },
      async (request, reply) => {
        await take(request, kernel, ingest);
        return reply.code(200).type("text/plain").send("ok");
      },
    );
  });
}

function knownApp(kernel: Kernel, id: string) {
  const app = kernel.registry.app(id);
  const adapter = app && kernel.adapters.get(app.kind);
  if (!app || !adapter) throw new AppError("not_found");
  return { app, adapter };
}

async function take(
  request: FastifyRequest<{ Params: { app: string } }>,
  kernel: Kernel,
  ingest: Ingest,
): Promise<void> {
  const { app, adapter } = knownApp(kernel, request.params.app);
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (adapter.verify({ headers: request.headers, raw }, app) === null) {
    webhooks.inc({ kind: app.kind, answer: "401" });
    throw new AppError("bad_signature");
  }
  if (adapter.looksBroken(raw) || isBrokenJson(raw)) {
    webhooks.inc({ kind: app.kind, answer: "400" });
    throw new AppError("broken_json");
  }
  const address = adapter.addressOf(raw, app);
  const account =
    addressedAccount(kernel.registry, { appId: app.id, kind: adapter.kind, address }) ??
    // A number that nobody here has is not the one that somebody has.
    (address === null ? onlyAccount(kernel, app.id) : undefined);
  await ingest.enqueue({
    appId: app.id,
    channelId: account?.id ?? null,
    tenantId: account?.tenantId ?? 0,
    body: raw,
  });
  webhooks.inc({ kind: app.kind, answer: "200" });
}

/** Only the syntax is looked at: about 5 µs for a usual body. What is broken in a larger one is parked. */
function isBrokenJson(raw: Buffer): boolean {
  if (raw.length > CHECKED_BYTES) return false;
  try {
    JSON.parse(raw.toString("utf8"));
    return false;
  } catch {
    return true;
  }
}

/** An app with a single account needs no address in the body. */
function onlyAccount(kernel: Kernel, appId: string) {
  const accounts = kernel.registry.accountsOfApp(appId);
  return accounts.length === 1 ? accounts[0] : undefined;
}
