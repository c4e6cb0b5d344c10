import type { Kernel } from "../kernel.ts";

export interface Membership {
  tenantId: number;
  name: string;
  role: "owner" | "manager" | "agent";
  departmentId: number | null;
}

export interface Memberships {
  /** The companies a person works for now, oldest first. */
  of(userId: string): Promise<readonly Membership[]>;
  /** Forgets what this process remembers; the others hear of a change by the announcement. */
  forget(): void;
  /** Notes that the person is at work, to the minute. */
  seen(tenantId: number, userId: string): Promise<void>;
}

const CACHE_MS = 5_000;
const CACHE_ENTRIES = 2_000;
const SEEN_MS = 60_000;

/** Remembered for seconds; a change of staff is announced ("staff") and counts at once. */
export function openMemberships(kernel: Kernel): Memberships {
  const known = new Map<string, { list: readonly Membership[]; until: number }>();
  const seen = new Map<string, number>();
  kernel.onAnnounce("staff", () => known.clear());
  return {
    forget: () => known.clear(),
    async of(userId) {
      const now = kernel.clock.now();
      const entry = known.get(userId);
      if (entry && entry.until > now) return entry.list;
      const list = await load(kernel, userId);
      known.delete(userId);
      known.set(userId, { list, until: now + CACHE_MS });
      if (known.size > CACHE_ENTRIES) known.clear();
      return list;
    },
    async seen(tenantId, userId) {
      const now = kernel.clock.now();
      const key = `${tenantId} ${userId}`;
      if (now - (seen.get(key) ?? 0) < SEEN_MS) return;
      if (seen.size > CACHE_ENTRIES) seen.clear();
      seen.set(key, now);
      await kernel.db.node.query(
        "update kernel.staff set last_seen_at = $3 where tenant_id = $1 and user_id = $2",
        [tenantId, userId, new Date(now)],
      );
    },
  };
}

async function load(kernel: Kernel, userId: string): Promise<Membership[]> {
  const { rows } = await kernel.db.node.query<{
    tenant_id: number;
    name: string;
    role: Membership["role"];
    department_id: number | null;
  }>(
    "select tenant_id, name, role, department_id from kernel.staff where user_id = $1 and active order by tenant_id",
    [userId],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    name: row.name,
    role: row.role,
    departmentId: row.department_id,
  }));
}
