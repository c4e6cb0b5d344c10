import { createHash } from "node:crypto";
import { randomToken } from "../ids.ts";
import type { Kernel } from "../kernel.ts";

/** Says at a glance, and to secret scanners, whose key it is. */
const KEY_PREFIX = "ah_";
const KEY_BYTES = 32;
/** What lists show of a key. */
const SHOWN_CHARACTERS = 8;
const CACHE_MS = 5_000;
const CACHE_ENTRIES = 1_000;

export interface ApiKeyRow {
  tenantId: number;
  id: number;
  name: string;
  role: "owner" | "manager" | "agent";
}

/**
 * Makes a key; only its hash is kept. Its 256 random bits need no slow hash.
 * @returns the row and the secret, which nobody can show a second time
 */
export async function createApiKey(
  kernel: Kernel,
  tenantId: number,
  key: { name: string; role: "owner" | "manager" | "agent" },
): Promise<{ id: number; prefix: string; secret: string; createdAt: Date }> {
  const secret = KEY_PREFIX + randomToken(KEY_BYTES);
  const prefix = secret.slice(0, SHOWN_CHARACTERS);
  const createdAt = new Date(kernel.clock.now());
  const row = await kernel.db.tenant(tenantId, (tx) =>
    tx
      .insertInto("kernel.api_key")
      .values({
        tenant_id: tenantId,
        name: key.name,
        prefix,
        hash: hashOf(secret),
        role: key.role,
        created_at: createdAt,
      })
      .returning("id")
      .executeTakeFirstOrThrow(),
  );
  return { id: row.id, prefix, secret, createdAt };
}

export interface ApiKeys {
  /** @returns null for an unknown or revoked key */
  find(secret: string): Promise<ApiKeyRow | null>;
  /** Forgets a company's keys in this process; the others hear of it by the announcement. */
  forget(tenantId: number): void;
}

/** Looks keys up, remembers them for seconds; a revocation is announced ("api-keys") and counts at once. */
export function openApiKeys(kernel: Kernel): ApiKeys {
  const known = new Map<string, { row: ApiKeyRow; until: number }>();
  function forget(tenantId: number): void {
    for (const [hash, entry] of known) if (entry.row.tenantId === tenantId) known.delete(hash);
  }
  kernel.onAnnounce("api-keys", forget);
  return {
    forget,
    async find(secret) {
      if (!secret.startsWith(KEY_PREFIX)) return null;
      const hash = hashOf(secret);
      const name = hash.toString("base64");
      const now = kernel.clock.now();
      const entry = known.get(name);
      if (entry && entry.until > now) return entry.row;
      const row = await load(kernel, hash, now);
      known.delete(name);
      if (row) known.set(name, { row, until: now + CACHE_MS });
      if (known.size > CACHE_ENTRIES) known.clear();
      return row;
    },
  };
}

async function load(kernel: Kernel, hash: Buffer, now: number): Promise<ApiKeyRow | null> {
  // The moment of use is kept to the minute: an active key is no row that changes with every call.
  const { rows } = await kernel.db.node.query<{
    tenant_id: number;
    id: number;
    name: string;
    role: ApiKeyRow["role"];
    last_used_at: Date | null;
  }>("select tenant_id, id, name, role, last_used_at from kernel.api_key where hash = $1", [hash]);
  const row = rows[0];
  if (!row) return null;
  if ((row.last_used_at?.getTime() ?? 0) < now - 60_000)
    await kernel.db.node.query(
      "update kernel.api_key set last_used_at = $3 where tenant_id = $1 and id = $2",
      [row.tenant_id, row.id, new Date(now)],
    );
  return { tenantId: row.tenant_id, id: row.id, name: row.name, role: row.role };
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
