import type { Kernel } from "#kernel";

/** The same house at another moment: the rules see the clock of that day. */
export function at(kernel: Kernel, now: number): Kernel {
  return { ...kernel, clock: { ...kernel.clock, now: () => now } };
}

/** What was queued then has long arrived; nothing of it is sent today. */
export async function arrive(kernel: Kernel, tenantId: number): Promise<void> {
  await kernel.db.tenant(tenantId, async (tx) => {
    await tx.deleteFrom("kernel.outbox").where("tenant_id", "=", tenantId).execute();
    await tx
      .updateTable("kernel.message")
      .set({ status: "delivered" })
      .where("tenant_id", "=", tenantId)
      .where("status", "=", "queued")
      .execute();
  });
}
