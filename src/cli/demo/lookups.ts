import { type House, localDate } from "#kernel";
import { insertConnection } from "../../skills/lookup/store/connections.ts";
import { replaceRows } from "../../skills/lookup/store/files.ts";
import { CONNECTIONS } from "../../skills/lookup/store/settings-cache.ts";
import { inLookup } from "../../skills/lookup/store/tx.ts";
import { readText } from "../../skills/lookup/store/watching.ts";

const DAY_MS = 86_400_000;

interface Orders {
  /** CSV; {2} stands for the day after tomorrow */
  readonly text: string;
  /** What all their numbers begin with. */
  readonly prefix: string;
  /** As the desk shows the connection. */
  readonly name: string;
}

/** A demo company's orders as a file, so that a newcomer who asks for HK-4711 (postcode 20095) hears the truth. */
export async function seedOrders(
  house: House,
  tenantId: number,
  { text, prefix, name }: Orders,
): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const dated = text.replace(/\{(-?\d+)\}/g, (_, days) => localDate(now + Number(days) * DAY_MS, timeZone));
  const read = readText(dated, now);
  if (!read || read.skipped > 0) throw new Error("The demo's orders cannot be read");
  await inLookup(house, tenantId, async (tx) => {
    const input = {
      kind: "csv",
      name,
      address: "",
      prefix,
      kinds: ["order"],
      active: true,
    } as const;
    const { id } = await insertConnection(tx, tenantId, { ...input, token: "", now });
    await replaceRows(tx, { tenantId, connectionId: id }, { read, prefix, writtenAt: now, now });
  });
  await house.announce(CONNECTIONS, tenantId);
}
