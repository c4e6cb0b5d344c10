import { z } from "zod";
import { type AcmeSession, type Answer, jsonOf, openAcme } from "./acme-client.ts";
import { AcmeError, acmeError } from "./acme-error.ts";
import { signingRequest } from "./csr.ts";
import { accountKey, newKeyPem, thumbprint } from "./jws.ts";

/** Where a challenge's file is read: http://DOMAIN/.well-known/acme-challenge/TOKEN (RFC 8555 8.3). */
export const CHALLENGE_PATH = "/.well-known/acme-challenge/";

const POLL_MS = 1_500;
const POLL_MAX_MS = 15_000;
/** Authorities look within seconds; one that has not decided by then is asked again at the next try. */
const DECIDE_MS = 120_000;

const status = z.enum([
  "pending",
  "ready",
  "processing",
  "valid",
  "invalid",
  "deactivated",
  "expired",
  "revoked",
]);
const orderSchema = z.object({
  status,
  authorizations: z.array(z.url()).max(10),
  finalize: z.url(),
  certificate: z.url().optional(),
  error: z.unknown().optional(),
});
const challengeSchema = z.object({
  type: z.string(),
  url: z.url(),
  token: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional(),
  error: z.unknown().optional(),
});
const authorizationSchema = z.object({ status, challenges: z.array(challengeSchema).max(20) });

export interface Wanted {
  /** Address of the authority's directory. */
  directory: string;
  domain: string;
  /** "" = none */
  email: string;
  /** The account's key, PEM. */
  accountPem: string;
  /** Puts a challenge's file up. @returns takes it down */
  publish(token: string, text: string): () => void;
  /** Waits; tests wait shorter. */
  wait(ms: number): Promise<void>;
}

/**
 * Orders a certificate and proves the domain by http-01. By asking, the operator agrees to the authority's terms
 * of service; `setup` says so before.
 * @returns private key and chain as one PEM text
 * @throws AcmeError one sentence that says what to do
 */
export async function orderCertificate(wanted: Wanted): Promise<string> {
  const account = accountKey(wanted.accountPem);
  const session = await openAcme(wanted.directory, account);
  const contact = wanted.email ? { contact: [`mailto:${wanted.email}`] } : {};
  const { location } = await session.post(session.directory.newAccount, {
    termsOfServiceAgreed: true,
    ...contact,
  });
  session.kid = location ?? "";
  const made = await session.post(session.directory.newOrder, {
    identifiers: [{ type: "dns", value: wanted.domain }],
  });
  const order = read(orderSchema, made);
  const place = made.location ?? "";
  for (const url of order.authorizations) await prove(session, url, thumbprint(account), wanted);
  const keyPem = newKeyPem();
  const csr = signingRequest(keyPem, wanted.domain).toString("base64url");
  await session.post(order.finalize, { csr });
  const done = await decided(
    () => session.post(place, null),
    wanted,
    (answer) => {
      const state = read(orderSchema, answer);
      if (state.status === "invalid") throw acmeError(state.error);
      return state.status === "valid" ? state : null;
    },
  );
  const { body } = await session.post(done.certificate ?? "", null);
  return `${keyPem}${body}`;
}

async function prove(session: AcmeSession, url: string, print: string, wanted: Wanted): Promise<void> {
  const found = read(authorizationSchema, await session.post(url, null));
  if (found.status === "valid") return;
  const challenge = found.challenges.find(({ type, token }) => type === "http-01" && token);
  if (!challenge?.token)
    throw new AcmeError(
      "noChallenge",
      "The certificate authority does not offer the proof over port 80 for this domain: use a proxy with a certificate of its own.",
    );
  const takeDown = wanted.publish(challenge.token, `${challenge.token}.${print}`);
  try {
    await session.post(challenge.url, {});
    await decided(
      () => session.post(url, null),
      wanted,
      (answer) => {
        const state = read(authorizationSchema, answer);
        if (state.status === "valid") return state;
        if (state.status === "pending") return null;
        throw acmeError(state.challenges.find(({ error }) => error)?.error);
      },
    );
  } finally {
    takeDown();
  }
}

async function decided<T>(
  look: () => Promise<Answer>,
  { wait }: Pick<Wanted, "wait">,
  decision: (answer: Answer) => T | null,
): Promise<T> {
  for (let waited = 0; waited < DECIDE_MS; ) {
    const answer = await look();
    const result = decision(answer);
    if (result !== null) return result;
    const pause = Math.min(answer.retryAfterMs ?? POLL_MS, POLL_MAX_MS);
    await wait(pause);
    waited += pause;
  }
  throw new AcmeError(
    "timeout",
    `The certificate authority has not decided within ${DECIDE_MS / 60_000} minutes: the next try is made later by itself.`,
  );
}

function read<T>(schema: z.ZodType<T>, answer: Answer): T {
  const found = schema.safeParse(jsonOf(answer.body));
  if (!found.success)
    throw new AcmeError(
      "unknown",
      "The certificate authority answered in a way that RFC 8555 does not know.",
    );
  return found.data;
}
