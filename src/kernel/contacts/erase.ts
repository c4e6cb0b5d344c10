import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { kernelRoom, type PersonalRoom } from "./personal-data.ts";

/**
 * Removes a person from every room in one transaction; the kernel's own comes last, because the others may look at its
 * rows. @param parts.contactIds everybody who is this person @throws AppError not_found when there is nobody
 */
export async function erasePerson(
  tx: Tx,
  parts: { tenantId: number; contactIds: readonly number[]; rooms: readonly PersonalRoom[]; now: number },
): Promise<void> {
  const { tenantId, contactIds, now } = parts;
  if (contactIds.length === 0) throw new AppError("not_found");
  for (const room of [...parts.rooms, kernelRoom(tenantId, () => now)])
    await room.personalData.erase(tx, contactIds, now);
  const events = contactIds.map((id) => ({ type: "contact.changed", ref: String(id) }));
  await appendEvents(tx, tenantId, events, now);
}
