import { createHash, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";

/**
 * The key of the customer's page: 256 random bits, bound to tenant, person and conversation, stored as a hash. It
 * stands in the fragment of an address, which no browser sends and no proxy logs, and comes back as a header.
 */

/** A link works this long, and as long again each time the customer asks for more time. */
const LIFE_MS = 30 * 60_000;
/** At most this long in all; then the conversation gives a new one. */
const LONGEST_MS = 4 * 3_600_000;
const SECRET_BYTES = 32;
/** Hexadecimal, because messengers cut a link that ends with a hyphen. The tenant leads the way to its own rows. */
const KEY = /^Portal (\d{1,9})\.([0-9a-f]{64})$/;

export interface OpenLink {
  tenantId: number;
  hash: Buffer;
  contactId: number;
  conversationId: number;
  createdAt: number;
  expiresAt: number;
  /** The latest time to which it can be extended. */
  endsAt: number;
}

interface Row {
  contact_id: number;
  conversation_id: number;
  created_at: Date;
  expires_at: Date;
}

const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** @returns what stands in the fragment, and until when it works once it is stored */
export function mintLink(tenantId: number, now: number): NewLink {
  return {
    tenantId,
    secret: randomBytes(SECRET_BYTES).toString("hex"),
    createdAt: now,
    expiresAt: now + LIFE_MS,
  };
}

export interface NewLink {
  tenantId: number;
  secret: string;
  createdAt: number;
  expiresAt: number;
}

/** The fragment of the address; the tenant leads the way to its own rows. */
export const fragmentOf = ({ tenantId, secret }: NewLink): string => `${tenantId}.${secret}`;

/** Stores its hash and ends the links before it. */
export async function storeLink(
  tx: Tx,
  link: NewLink,
  to: { contactId: number; conversationId: number; askedBy: string },
): Promise<void> {
  const { tenantId } = link;
  const at = new Date(link.createdAt);
  await sql`update kernel.portal_link set ended_at = ${at}
    where tenant_id = ${tenantId} and conversation_id = ${to.conversationId} and ended_at is null`.execute(
    tx,
  );
  await sql`
    insert into kernel.portal_link (tenant_id, hash, contact_id, conversation_id, asked_by, created_at, expires_at)
    values (${tenantId}, ${hashOf(link.secret)}, ${to.contactId}, ${to.conversationId}, ${to.askedBy}, ${at},
      ${new Date(link.expiresAt)})`.execute(tx);
}

/** @returns creation times of the conversation's links since a moment, oldest first */
export async function linksSince(
  tx: Tx,
  of: { tenantId: number; conversationId: number },
  since: number,
): Promise<{ askedBy: string; createdAt: number }[]> {
  const { rows } = await sql<{ asked_by: string; created_at: Date }>`
    select asked_by, created_at from kernel.portal_link where tenant_id = ${of.tenantId}
      and conversation_id = ${of.conversationId} and created_at > ${new Date(since)} order by created_at`.execute(
    tx,
  );
  return rows.map((row) => ({ askedBy: row.asked_by, createdAt: row.created_at.getTime() }));
}

/** Removes the tenant's links that ended before a moment. */
export async function forgetLinks(tx: Tx, tenantId: number, before: number): Promise<void> {
  await sql`delete from kernel.portal_link where tenant_id = ${tenantId} and expires_at < ${new Date(before)}`.execute(
    tx,
  );
}

/** @returns the tenant that the key names, before anything is known of its worth; null without a key */
export function tenantOfKey(request: FastifyRequest): { tenantId: number; hash: Buffer } | null {
  const [, tenant, secret] = KEY.exec(request.headers.authorization ?? "") ?? [];
  return tenant && secret ? { tenantId: Number(tenant), hash: hashOf(secret) } : null;
}

/** Runs `work` as the person whom the request's key opens. @throws AppError not_signed_in when it opens nothing (any more) */
export async function withLink<T>(
  kernel: Kernel,
  request: FastifyRequest,
  work: (tx: Tx, link: OpenLink) => Promise<T>,
): Promise<T> {
  const key = tenantOfKey(request);
  if (!key || !kernel.registry.tenant(key.tenantId)) throw ended();
  return kernel.db.tenant(key.tenantId, async (tx) => {
    const { rows } = await sql<Row>`
      select l.contact_id, l.conversation_id, l.created_at, l.expires_at from kernel.portal_link l
      join kernel.contact c on c.tenant_id = l.tenant_id and c.id = l.contact_id and c.erased_at is null
      where l.tenant_id = ${key.tenantId} and l.hash = ${key.hash} and l.ended_at is null
        and l.expires_at > ${new Date(kernel.clock.now())}`.execute(tx);
    const [row] = rows;
    if (!row) throw ended();
    return work(tx, {
      ...key,
      contactId: row.contact_id,
      conversationId: row.conversation_id,
      createdAt: row.created_at.getTime(),
      expiresAt: row.expires_at.getTime(),
      endsAt: row.created_at.getTime() + LONGEST_MS,
    });
  });
}

function ended(): AppError {
  return new AppError("not_signed_in", "This link has ended. Write “my data” in the chat to get a new one.");
}

/** More time for who needs it (WCAG 2.2.1). @returns the new end, ms */
export async function extendLink(tx: Tx, link: OpenLink, now: number): Promise<number> {
  const expiresAt = Math.max(link.expiresAt, Math.min(now + LIFE_MS, link.endsAt));
  await sql`update kernel.portal_link set expires_at = ${new Date(expiresAt)}
    where tenant_id = ${link.tenantId} and hash = ${link.hash}`.execute(tx);
  return expiresAt;
}

export async function endLink(tx: Tx, link: OpenLink, now: number): Promise<void> {
  await sql`update kernel.portal_link set ended_at = ${new Date(now)}
    where tenant_id = ${link.tenantId} and hash = ${link.hash}`.execute(tx);
}
