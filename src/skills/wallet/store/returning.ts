import { sql } from "kysely";
import { addActMovement } from "./acts.ts";
import { sayLater } from "./paying.ts";
import { entriesOf, insertEntry, lockRequest, type RequestRow } from "./request-rows.ts";
import { apart, inTenant, type Place, tell } from "./tx.ts";

/** The ledger gives back by itself what nobody captured in time; here it is only noticed. */

const AT_ONCE = 200;

export async function returnOverdue(place: Place): Promise<void> {
  const now = place.house.clock.now();
  const { rows } = await place.house.db.node.query<{ tenant_id: number }>(
    "select distinct tenant_id from wallet.request where state = 'held' and until <= $1",
    [new Date(now)],
  );
  for (const { tenant_id: tenantId } of rows) {
    const ids = await inTenant(place, tenantId, async (tx) => {
      const { rows: due } = await sql<{ id: number }>`select id from wallet.request
        where tenant_id = ${tenantId} and state = 'held' and until <= ${new Date(now)} order by until limit ${AT_ONCE}`.execute(
        tx,
      );
      return due.map(({ id }) => id);
    });
    for (const id of ids) await apart(place, () => returnOne(place, tenantId, id));
  }
}

async function returnOne(place: Place, tenantId: number, id: number): Promise<void> {
  const { house, outside } = place;
  const now = house.clock.now();
  const request = await inTenant(place, tenantId, (tx) => lockRequest(tx, tenantId, id));
  const hold = request.tx_id && new Uint8Array(request.tx_id);
  // While the ledger still has it, its next block gives it back.
  if (!hold || (await outside.ledgers(house).hold(request.issuer_tenant_id, hold))) return;
  const height = (await outside.ledgers(house).ledger(request.issuer_tenant_id))?.height ?? 0;
  const returned = await inTenant(place, tenantId, async (tx) => {
    const again = await lockRequest(tx, tenantId, id);
    const entries = await entriesOf(tx, tenantId, [id]);
    // What was captured in the last moment is noted by its job.
    if (again.state !== "held" || entries.some(({ state }) => state === "waiting")) return null;
    await sql`update wallet.request set state = 'returned' where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    await insertEntry(tx, tenantId, {
      requestId: id,
      kind: "returned",
      amount: again.amount,
      state: "done",
      txId: hold,
      height,
      by: "ledger",
      at: now,
    });
    await sayLater(tx, tenantId, again, { what: "returned", now });
    await tell(tx, tenantId, `request ${id}`, now);
    return again;
  });
  if (returned) await note(place, tenantId, { request: returned, hold, height, now });
}

async function note(
  place: Place,
  tenantId: number,
  { request, hold, height, now }: { request: RequestRow; hold: Uint8Array; height: number; now: number },
): Promise<void> {
  const entry = { kind: "returned" as const, amount: request.amount, tx_id: Buffer.from(hold), height };
  await addActMovement(place, { tenantId, request, entry, now });
}
