import type { SendResult } from "../channel.ts";
import type { Claimed } from "../dialogue/outbox.ts";
import { appendEvents } from "../events/append.ts";
import type { Kernel } from "../kernel.ts";

/** The light of each channel follows from what its provider really answered; written only when it changes. */
const known = new Map<number, string>();

const lightOf = (result: SendResult): "ok" | "warn" | "bad" | null => {
  if (result.outcome === "accepted") return "ok";
  if (result.outcome === "failed")
    return result.action === "red" ? "bad" : result.action === "quality" ? "warn" : null;
  return result.outcome === "retry" && result.scope === "account" ? "warn" : null;
};

export async function markHealth(
  kernel: Kernel,
  row: Pick<Claimed, "tenantId" | "channelId">,
  result: SendResult,
): Promise<void> {
  const light = lightOf(result);
  if (light === null || known.get(row.channelId) === light) return;
  known.set(row.channelId, light);
  const text = "error" in result ? `${result.error.code} ${result.error.title}`.slice(0, 300) : "";
  const at = new Date(kernel.clock.now());
  await kernel.db
    .tenant(row.tenantId, async (tx) => {
      const changed = await tx
        .updateTable("kernel.channel")
        .set({ health_light: light, health_text: text, health_at: at })
        .where("id", "=", row.channelId)
        .where((eb) => eb.or([eb("health_light", "<>", light), eb("health_text", "<>", text)]))
        .executeTakeFirst();
      if (changed.numUpdatedRows > 0n)
        await appendEvents(
          tx,
          row.tenantId,
          [{ type: "channel.changed", ref: String(row.channelId) }],
          at.getTime(),
        );
    })
    .catch(() => void known.delete(row.channelId));
}
