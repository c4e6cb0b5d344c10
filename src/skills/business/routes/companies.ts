import { type Actor, type AnyRoute, type House, logListed, route, type Tx } from "#kernel";
import * as api from "../api.ts";
import {
  companyPage,
  companyRow,
  insertCompany,
  readCompany,
  removeCompany,
  updateCompany,
} from "../store/companies.ts";
import { machinesOf } from "../store/machines.ts";
import { partyIn } from "../store/party.ts";
import { planForgetting } from "../store/personal.ts";
import { personOfContact } from "../store/persons.ts";
import { quotationsOf } from "../store/quotations.ts";
import { changing, inTenant } from "../store/tx.ts";
import { beforeOf } from "./inputs.ts";

/** A company as an agent sees it; whose names stand in it was seen, and that is logged. */
export async function shownCompany(house: House, tx: Tx, actor: Actor, id: number): Promise<api.Company> {
  const company = await readCompany(tx, actor.tenantId, id);
  const seen = company.persons.flatMap(({ contactId }) => (contactId === null ? [] : [contactId]));
  await logListed(house, actor, seen, { tx });
  return company;
}

export function companyRoutes(house: House): readonly AnyRoute[] {
  return [
    route(api.listCompanies, async ({ actor: { tenantId }, query }) => {
      const { q, limit } = query;
      const after = beforeOf(query.cursor);
      const rows = await inTenant(house, tenantId, (tx) =>
        companyPage(tx, tenantId, { q, after, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
    }),
    route(api.createBusinessCompany, ({ actor, body }) =>
      changing(house, actor.tenantId, async (tx) => {
        const now = house.clock.now();
        await planForgetting(tx, actor.tenantId, now);
        const id = await insertCompany(tx, actor.tenantId, body, now);
        return shownCompany(house, tx, actor, id);
      }),
    ),
    route(api.getBusinessCompany, ({ actor, params }) =>
      inTenant(house, actor.tenantId, (tx) => shownCompany(house, tx, actor, params.id)),
    ),
    route(api.replaceCompany, ({ actor, params, body: { revision, ...input } }) =>
      changing(house, actor.tenantId, async (tx) => {
        await updateCompany(tx, actor.tenantId, { id: params.id, revision, input }, house.clock.now());
        return shownCompany(house, tx, actor, params.id);
      }),
    ),
    route(api.deleteCompany, ({ actor: { tenantId }, params }) =>
      changing(house, tenantId, async (tx) => {
        await removeCompany(tx, tenantId, params.id, house.clock.now());
        return { ok: true as const };
      }),
    ),
    route(api.getParty, ({ actor, params }) =>
      inTenant(house, actor.tenantId, (tx) => partyShown(tx, actor.tenantId, params.id)),
    ),
  ];
}

async function partyShown(tx: Tx, tenantId: number, conversationId: number) {
  const { contactId, companyId } = await partyIn(tx, tenantId, conversationId);
  if (companyId === null) return { contactId, company: null, person: null, machines: [], quotations: [] };
  const { id, name } = await companyRow(tx, tenantId, companyId);
  const speaker = await personOfContact(tx, tenantId, contactId);
  return {
    contactId,
    company: { id, name },
    person: speaker?.person ?? null,
    machines: await machinesOf(tx, tenantId, { companyId }),
    quotations: await quotationsOf(tx, tenantId, companyId),
  };
}
