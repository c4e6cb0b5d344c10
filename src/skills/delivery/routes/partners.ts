import { type AnyRoute, AppError, agree, type House, listAgreements, revokeAgreement, route } from "#kernel";
import { agreePartner, endPartner, listPartners, proposePartner, putSenderRule } from "../api/partners.ts";
import { CHANGED } from "../plan/plan-book.ts";
import { listPartners as list, propose, writeRule } from "../store/partners.ts";
import { inTenant } from "../store/tx.ts";

/** Agreements on deliveries between companies of this node. */
export function partnerRoutes(house: House): readonly AnyRoute[] {
  const now = () => house.clock.now();
  return [
    route(listPartners, async ({ actor: { tenantId } }) => ({ items: await list(house, tenantId) })),
    route(proposePartner, async ({ actor: { tenantId }, body }) => {
      const id = await propose(house, tenantId, body);
      const made = (await list(house, tenantId)).find((one) => one.id === id);
      if (!made) throw new AppError("not_found");
      return made;
    }),
    route(agreePartner, async ({ actor: { tenantId }, params: { id } }) => {
      await house.db.tenant(tenantId, (tx) => agree(tx, { tenantId, id, now: now() }));
      await announce(house, tenantId, id);
      return { ok: true as const };
    }),
    route(endPartner, async ({ actor: { tenantId }, params: { id } }) => {
      await house.db.tenant(tenantId, (tx) => revokeAgreement(tx, { tenantId, id, now: now() }));
      await announce(house, tenantId, id);
      return { ok: true as const };
    }),
    route(putSenderRule, async ({ actor: { tenantId }, params: { id: senderTenantId }, body }) => {
      const partners = await list(house, tenantId);
      if (!partners.some((one) => one.tenantId === senderTenantId && one.state !== "ended"))
        throw new AppError("not_found", "There is no agreement with this company.");
      await inTenant(house, tenantId, (tx) => writeRule(tx, { tenantId, senderTenantId }, body));
      return body;
    }),
  ];
}

/** Who delivers for whom is read anew at once: the conversations of both begin with what stands now. */
async function announce(house: House, tenantId: number, agreementId: number): Promise<void> {
  const all = await house.db.tenant(tenantId, (tx) => listAgreements(tx, tenantId));
  const one = all.find(({ id }) => id === agreementId);
  for (const id of one ? [one.tenantId, one.withTenantId] : []) await house.announce(CHANGED, id);
}
