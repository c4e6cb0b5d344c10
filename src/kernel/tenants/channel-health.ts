import type { SendResult } from "../channel.ts";
import { pgArray } from "../db/array.ts";
import type { Claimed } from "../dialogue/outbox.ts";
import { addEvent, emptyOutcome } from "../dialogue/state.ts";
import { writeEvents } from "../dialogue/write.ts";
import type { Kernel } from "../kernel.ts";

/** The light of each channel follows from what its provider really answered; written only when it changes. */

interface Health {
  tenantId: number;
  light: "ok" | "warn" | "bad";
  text: string;
}

/** Changes are gathered this long: a node that starts under load learns of a thousand channels within seconds. */
const GATHER_MS = 250;

const lightOf = (result: SendResult): Health["light"] | null => {
  if (result.outcome === "accepted") return "ok";
  if (result.outcome === "failed")
    return result.action === "red" ? "bad" : result.action === "quality" ? "warn" : null;
  return result.outcome === "retry" && result.scope === "account" ? "warn" : null;
};

interface Notes {
  /** What this process has written or is about to. */
  known: Map<number, string>;
  pending: Map<number, Health>;
}

const notesOf = new WeakMap<Kernel, Notes>();

export function markHealth(
  kernel: Kernel,
  row: Pick<Claimed, "tenantId" | "channelId">,
  result: SendResult,
): void {
  const light = lightOf(result);
  const text = "error" in result ? `${result.error.code} ${result.error.title}` : "";
  if (light !== null) setLight(kernel, row, { light, text });
}

/** Written soon, and only when it changes. */
export function setLight(
  kernel: Kernel,
  { tenantId, channelId }: Pick<Claimed, "tenantId" | "channelId">,
  { light, text }: Omit<Health, "tenantId">,
): void {
  const notes = notesOf.get(kernel) ?? { known: new Map(), pending: new Map() };
  notesOf.set(kernel, notes);
  const { known, pending } = notes;
  if (known.get(channelId) === light) return;
  known.set(channelId, light);
  if (pending.size === 0) setTimeout(() => void flush(kernel, notes), GATHER_MS);
  pending.set(channelId, { tenantId, light, text: text.slice(0, 300) });
}

async function flush(kernel: Kernel, { known, pending }: Notes): Promise<void> {
  const changes = [...pending];
  pending.clear();
  try {
    await store(kernel, changes);
    kernel.wire.notify("event");
  } catch {
    // The next send tells it again.
    for (const [channelId] of changes) known.delete(channelId);
  }
}

async function store(kernel: Kernel, changes: readonly (readonly [number, Health])[]): Promise<void> {
  const now = kernel.clock.now();
  const client = await kernel.db.node.connect();
  let failed = true;
  try {
    await client.query("begin");
    const { rows } = await client.query<{ tenant_id: number; id: number }>(
      `update kernel.channel c set health_light = t.light, health_text = t.text, health_at = $5
        from unnest($1::int[], $2::int[], $3::text[], $4::text[]) t(tenant_id, id, light, text)
        where c.tenant_id = t.tenant_id and c.id = t.id and (c.health_light, c.health_text) <> (t.light, t.text)
        returning c.tenant_id, c.id`,
      [
        pgArray.int4(changes.map(([, health]) => health.tenantId)),
        pgArray.int4(changes.map(([channelId]) => channelId)),
        pgArray.text(changes.map(([, health]) => health.light)),
        pgArray.text(changes.map(([, health]) => health.text)),
        new Date(now),
      ],
    );
    const outcome = emptyOutcome();
    for (const row of rows)
      addEvent(outcome, row.tenant_id, { type: "channel.changed", ref: String(row.id) });
    await writeEvents(client, outcome, now);
    await client.query("commit");
    failed = false;
  } finally {
    client.release(failed);
  }
}
