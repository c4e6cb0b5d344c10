import type { Kernel } from "#kernel";
import { inTenant } from "../../skills/notices/store/tx.ts";
import { type AdvocateFile, seedAdvocate } from "./advocate.ts";
import { type CallsFile, seedCalls } from "./calls.ts";
import { type DeliveryFile, seedDelivery } from "./delivery.ts";
import { type NoticesFile, seedNotices } from "./notices.ts";
import { type DemoPerson, seedPersons, staffByName } from "./persons.ts";
import { type ReportsFile, seedReports } from "./reports.ts";
import { seedWaiting, type WaitingCase } from "./waiting.ts";

/** What makes the demo's rooms live: customers, what they want to be told, what they have, what they reported, what they wait for, their calls, and what is brought to them. */

/** @returns path and fragment of a courier's page; null where there is life already */
export async function seedLife(
  kernel: Kernel,
  tenantId: number,
  read: (name: string) => Promise<string>,
): Promise<string | null> {
  if (await isAlive(kernel, tenantId)) return null;
  const file = async <T>(name: string): Promise<T> => JSON.parse(await read(name)) as T;
  const persons = await seedPersons(kernel, tenantId, await file<DemoPerson[]>("persons.json"));
  await seedAdvocate(kernel, tenantId, { file: await file<AdvocateFile>("advocate.json"), persons });
  const topics = await seedNotices(kernel, tenantId, {
    file: await file<NoticesFile>("notices.json"),
    persons,
  });
  await seedReports(kernel, tenantId, { file: await file<ReportsFile>("reports.json"), persons, topics });
  await seedWaiting(kernel, tenantId, { cases: await file<WaitingCase[]>("waiting.json"), persons });
  const [staffId] = (await staffByName(kernel, tenantId)).values();
  if (staffId !== undefined)
    await seedCalls(kernel, tenantId, { file: await file<CallsFile>("calls.json"), persons, staffId });
  const delivery = await file<Omit<DeliveryFile, "map">>("delivery.json");
  const map = await file<unknown>("city-map.json");
  return seedDelivery(kernel, tenantId, { file: { ...delivery, map }, persons });
}

/** A topic, also one that was deleted: then it was seeded, or somebody made it their own. */
function isAlive(kernel: Kernel, tenantId: number): Promise<boolean> {
  return inTenant(kernel, tenantId, async (tx) => {
    const row = await tx
      .selectFrom("notices.topic")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  });
}
