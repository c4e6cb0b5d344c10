import { createHmac } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Kernel } from "../kernel.ts";
import { nodeSecret } from "../node-secret.ts";

/** Whoever asks here gets an answer that only a process with this node's database can give. */
export const HERE_PATH = "/.well-known/augenhoehe/";

const NONCE = /^[\w-]{8,64}$/;

/** What the node answers to a nonce. */
export async function proofOf(kernel: Pick<Kernel, "db">, nonce: string): Promise<string> {
  return createHmac("sha256", await nodeSecret(kernel, "here"))
    .update(nonce)
    .digest("hex");
}

/** `doctor` and `setup` ask themselves through the domain: does it lead to this node, or to another one? */
export function registerHere(app: FastifyInstance, kernel: Kernel): void {
  app.get<{ Params: { nonce: string } }>(`${HERE_PATH}:nonce`, async ({ params }, reply) => {
    if (!NONCE.test(params.nonce)) return reply.callNotFound();
    reply.header("cache-control", "no-store").type("text/plain; charset=utf-8");
    return reply.send(await proofOf(kernel, params.nonce));
  });
}
