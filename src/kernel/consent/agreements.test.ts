import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type World, world } from "#kernel/testing";
import { agree, crossing, listAgreements, proposeAgreement, revokeAgreement } from "./agreements.ts";

const DAY = 86_400_000;

let w: World;
let shop: number;
let carrier: number;
let stranger: number;

beforeEach(async () => {
  w = await world();
  [shop, carrier, stranger] = [(await w.tenant()).id, (await w.tenant()).id, (await w.tenant()).id];
});
afterEach(() => w.close());

const parcel = { address: "Deichstraße 9", window: "18-20", iban: "DE02…", note: "3. Stock" };

const propose = (fields = ["address", "window"], days = 30) =>
  w.kernel.db.tenant(shop, (tx) =>
    proposeAgreement(tx, {
      tenantId: shop,
      withTenantId: carrier,
      purpose: "delivery.promise",
      fields,
      expiresAt: w.clock.now() + days * DAY,
      now: w.clock.now(),
    }),
  );
const accept = (tenantId: number, id: number) =>
  w.kernel.db.tenant(tenantId, (tx) => agree(tx, { tenantId, id, now: w.clock.now() }));
const revoke = (tenantId: number, id: number) =>
  w.kernel.db.tenant(tenantId, (tx) => revokeAgreement(tx, { tenantId, id, now: w.clock.now() }));
const cross = (asTenant: number, purpose = "delivery.promise", to = carrier) =>
  w.kernel.db.tenant(asTenant, (tx) =>
    crossing(tx, { fromTenantId: shop, toTenantId: to, purpose, now: w.clock.now() }, parcel),
  );

describe("agreements between companies", () => {
  it("let the agreed fields cross for the agreed purpose, nothing else", async () => {
    await accept(carrier, await propose());
    expect(await cross(carrier)).toEqual({ address: "Deichstraße 9", window: "18-20" });
    expect(await cross(shop)).toEqual({ address: "Deichstraße 9", window: "18-20" });
    await expect(cross(carrier, "offers.deal")).rejects.toThrow();
    await expect(cross(stranger, "delivery.promise", stranger)).rejects.toThrow();
  });

  it("hold only when the other side agreed, until they expire, and until one side ends them", async () => {
    const id = await propose();
    await expect(cross(carrier)).rejects.toThrow();
    await accept(carrier, id);
    await expect(cross(carrier)).resolves.toBeDefined();
    await revoke(shop, id);
    await expect(cross(carrier)).rejects.toThrow();
    await accept(carrier, await propose(["window"], 1));
    expect(await cross(carrier)).toEqual({ window: "18-20" });
    w.clock.advance(2 * DAY);
    await expect(cross(carrier)).rejects.toThrow();
  });

  it("nobody agrees for the other, sees a stranger's agreement or brings a revoked one back", async () => {
    const id = await propose();
    await expect(accept(shop, id)).rejects.toThrow();
    await expect(accept(stranger, id)).rejects.toThrow();
    await expect(revoke(stranger, id)).rejects.toThrow();
    const seenBy = (tenantId: number) =>
      w.kernel.db.tenant(tenantId, (tx) => listAgreements(tx, tenantId)).then((list) => list.length);
    expect([await seenBy(shop), await seenBy(carrier), await seenBy(stranger)]).toEqual([1, 1, 0]);
    await revoke(carrier, id);
    await expect(accept(carrier, id)).rejects.toThrow();
    // In the other's name, or agreed from the start, past our own code: the database refuses.
    for (const [owner, agreed] of [
      [carrier, null],
      [shop, new Date(w.clock.now())],
    ] as const)
      await expect(
        w.kernel.db.tenant(shop, (tx) =>
          tx
            .insertInto("kernel.agreement")
            .values({
              tenant_id: owner,
              with_tenant_id: owner === shop ? carrier : shop,
              purpose: "x",
              fields: ["y"],
              proposed_at: new Date(w.clock.now()),
              expires_at: new Date(w.clock.now() + DAY),
              agreed_at: agreed,
              revoked_by: null,
            })
            .execute(),
        ),
      ).rejects.toThrow(/row-level security/);
    await expect(
      w.kernel.db.tenant(shop, async (tx) => {
        const open = await propose();
        return tx
          .updateTable("kernel.agreement")
          .set({ agreed_at: new Date(w.clock.now()) })
          .where("id", "=", open)
          .execute();
      }),
    ).rejects.toThrow(/only the other company/);
  });
});
