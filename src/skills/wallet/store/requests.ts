import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Actor, AppError, type House, setTimer, type Tx } from "#kernel";
import { HOLD_LONGEST_MS } from "../../coin/api.ts";
import { requestCard } from "../flows/cards.ts";
import type { Outside } from "../ports.ts";
import { deliveryOf, GRACE_MS } from "../rules/about.ts";
import { unitsOf } from "../rules/money.ts";
import { EXPIRE } from "../rules/timer-kinds.ts";
import { readOpenCoin } from "./coins.ts";
import { openMembership } from "./memberships.ts";
import { lockRequest } from "./request-rows.ts";
import { inTenant, type Place, tell } from "./tx.ts";

/** Asks for an amount in coin. The conversation gets a link that says nothing; the ledger gets a salted hash. */

export interface NewRequest {
  readonly key: string;
  readonly membershipId?: number | undefined;
  readonly amountMinor: number;
  readonly title: string;
  readonly kind: "now" | "hold";
  readonly until?: string | undefined;
  readonly conversationId?: number | undefined;
  readonly about: string;
  readonly expiresAt?: string | undefined;
  readonly language?: "de" | "en" | undefined;
}

const AT_THE_TILL_MS = 15 * 60_000;
const IN_A_LINK_MS = 24 * 3_600_000;

/**
 * Stores and, with a conversation, sends in one transaction.
 * @returns the request's id; that of the first call for a key that was used before
 * @throws AppError bad_request, not_found, rule_broken as long as no coin is taken, conflict for the key with other content,
 * window_closed, not_allowed_to_contact
 */
export async function askInCoin(place: Place, actor: Actor, given: NewRequest): Promise<number> {
  const { tenantId } = actor;
  const now = place.house.clock.now();
  const fingerprint = createHash("sha256")
    .update(JSON.stringify(sorted(given)))
    .digest("hex");
  const found = await inTenant(place, tenantId, async (tx) => {
    const first = await firstOf(tx, tenantId, given.key, fingerprint);
    return first ?? (await openMembership(tx, tenantId, given.membershipId));
  });
  if (typeof found === "number") return found;
  // What others know is read before the transaction: one that waits for another's connection holds its own.
  const coin = await readOpenCoin(place, found.issuer_tenant_id);
  const asked = { ...given, until: given.until ?? (await untilOf(place, tenantId, given)) };
  check(asked, now);
  return inTenant(place, tenantId, async (tx) => {
    const of = { given: asked, fingerprint, now, membershipId: found.id, issuerId: found.issuer_tenant_id };
    const made = await insertRequest(tx, actor, of);
    // Somebody else was quicker with the same key.
    if (!made) return (await firstOf(tx, tenantId, given.key, fingerprint)) ?? 0;
    if (given.conversationId !== undefined) {
      await placeIn(tx, tenantId, made.id, given.conversationId);
      await send(place, tx, actor, { ...made, conversationId: given.conversationId, coin: coin.name });
    }
    const { id, expiresAt: dueAt } = made;
    await setTimer(tx, { tenantId, kind: EXPIRE, key: String(id), dueAt, payload: { requestId: id } });
    await tell(tx, tenantId, `request ${id}`, now);
    return id;
  });
}

const sorted = (given: NewRequest) => [
  given.membershipId ?? null,
  given.amountMinor,
  given.title,
  given.kind,
  given.until ?? null,
  given.conversationId ?? null,
  given.about,
  given.expiresAt ?? null,
  given.language ?? null,
];

/** @throws AppError bad_request */
function check({ kind, until, expiresAt }: NewRequest, now: number): void {
  const fault = (path: string, message: string) =>
    new AppError("bad_request", undefined, [{ path, message }]);
  if ((kind === "hold") !== (until !== undefined))
    throw fault("until", "belongs to a hold, and to nothing else");
  if (until !== undefined && Date.parse(until) <= now) throw fault("until", "is over");
  if (until !== undefined && Date.parse(until) > now + HOLD_LONGEST_MS)
    throw fault("until", "is too far ahead");
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) throw fault("expiresAt", "is over");
}

/** What waits for a delivery comes back some time after its window. */
async function untilOf(
  { house, outside }: Place,
  tenantId: number,
  { kind, about }: NewRequest,
): Promise<string | undefined> {
  const delivery = deliveryOf(about);
  if (kind !== "hold" || delivery === null) return undefined;
  const promised = await outside.deliveries.promisedUntil(house, tenantId, delivery);
  if (promised === null)
    throw new AppError("rule_broken", "not_promised: this delivery is not promised (any more).");
  return new Date(promised + GRACE_MS).toISOString();
}

/** @throws AppError conflict */
async function firstOf(tx: Tx, tenantId: number, key: string, fingerprint: string): Promise<number | null> {
  const { rows } = await sql<{ id: number; fingerprint: string }>`
    select id, fingerprint from wallet.request where tenant_id = ${tenantId} and client_key = ${key}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return null;
  if (row.fingerprint !== fingerprint)
    throw new AppError("conflict", "This key was used for another request.");
  return row.id;
}

interface Made {
  readonly id: number;
  readonly key: string;
  readonly language: "de" | "en";
  readonly expiresAt: number;
}

async function insertRequest(
  tx: Tx,
  actor: Actor,
  of: { given: NewRequest; fingerprint: string; now: number; membershipId: number; issuerId: number },
): Promise<Made | null> {
  const { given, now } = of;
  const { tenantId } = actor;
  const key = randomBytes(16).toString("hex");
  const salt = randomBytes(16);
  const reference = createHash("sha256").update(salt).update(key, "utf8").digest();
  const lasts = given.conversationId === undefined ? AT_THE_TILL_MS : IN_A_LINK_MS;
  const until = given.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(given.until);
  const wanted = given.expiresAt === undefined ? now + lasts : Date.parse(given.expiresAt);
  const expiresAt = Math.min(wanted, until);
  const { rows } = await sql<{ id: number; language: "de" | "en" }>`
    insert into wallet.request (tenant_id, client_key, fingerprint, key, membership_id, issuer_tenant_id, title, amount, kind, until, salt, reference,
      about, language, created_by, created_at, expires_at)
    values (${tenantId}, ${given.key}, ${of.fingerprint}, ${key}, ${of.membershipId}, ${of.issuerId}, ${given.title}, ${unitsOf(given.amountMinor)},
      ${given.kind}, ${given.until === undefined ? null : new Date(given.until)}, ${salt}, ${reference}, ${given.about},
      coalesce(${given.language ?? null}, (select language from kernel.conversation where tenant_id = ${tenantId} and id = ${given.conversationId ?? null}), 'de'),
      ${actor.staffId}, ${new Date(now)}, ${new Date(expiresAt)}) on conflict (tenant_id, client_key) do nothing returning id, language`.execute(
    tx,
  );
  const [row] = rows;
  return row ? { id: row.id, language: row.language, key, expiresAt } : null;
}

/** @throws AppError not_found */
async function placeIn(tx: Tx, tenantId: number, requestId: number, conversationId: number): Promise<void> {
  const { rows } =
    await sql`insert into wallet.request_place (tenant_id, request_id, conversation_id, contact_id)
    select tenant_id, ${requestId}, id, contact_id from kernel.conversation where tenant_id = ${tenantId} and id = ${conversationId} returning request_id`.execute(
      tx,
    );
  if (rows.length === 0) throw new AppError("not_found");
}

export const requestLink = (
  { house, outside }: { house: House; outside: Outside },
  tenantId: number,
  key: string,
): string => `${outside.publicUrl(house)}/wallet#r=${tenantId}.${key}`;

async function send(
  place: Place,
  tx: Tx,
  actor: Actor,
  of: Made & { conversationId: number; coin: string },
): Promise<void> {
  const { house, outside } = place;
  const { tenantId } = actor;
  const { formOfAddress: form } = await house.profile(tenantId);
  const link = requestLink(place, tenantId, of.key);
  const content = requestCard({ coin: of.coin, link, language: of.language, form });
  const input = { clientId: clientIdOf(tenantId, "request", of.id), content };
  await outside.reply(house, tx, actor, { conversationId: of.conversationId, input });
}

/** One id for one act, so that the same call a second time sends nothing a second time. */
export function clientIdOf(...act: readonly (string | number)[]): string {
  const hex = createHash("sha256")
    .update(`wallet ${act.join(" ")}`)
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Nobody may pay it any more. @throws AppError not_found, rule_broken where it was paid or is being paid */
export async function cancelRequest(place: Place, tenantId: number, id: number): Promise<void> {
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const request = await lockRequest(tx, tenantId, id);
    if (request.state === "cancelled") return;
    if (request.state !== "open" && request.state !== "expired")
      throw new AppError("rule_broken", "not_open: it is paid or set aside; give it back instead.");
    if (request.attempt_id)
      throw new AppError(
        "rule_broken",
        "being_paid: it is being paid at this moment; look again in a second.",
      );
    await sql`update wallet.request set state = 'cancelled' where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    await tell(tx, tenantId, `request ${id}`, now);
  });
}

/** Its time is over, unless somebody pays it at this moment. */
export async function expireRequest(place: Place, tenantId: number, id: number): Promise<void> {
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const { rows } = await sql`update wallet.request set state = 'expired'
      where tenant_id = ${tenantId} and id = ${id} and state = 'open' and expires_at <= ${new Date(now)} returning id`.execute(
      tx,
    );
    if (rows.length > 0) await tell(tx, tenantId, `request ${id}`, now);
  });
}
