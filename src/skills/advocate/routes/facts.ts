import { type AnyRoute, AppError, type House, localDate, pseudonyms, route } from "#kernel";
import { deleteFact, type Fact, importFacts, listFacts, putFact } from "../api.ts";
import { faultOf } from "../rules/judge.ts";
import { contactOf } from "../store/customers.ts";
import { listFacts as listRows, putFacts, removeFact, type StoredFact } from "../store/facts.ts";
import { importFacts as importFile } from "../store/import.ts";
import { noteFollowed } from "../store/outcomes.ts";
import { PURPOSE } from "../store/round.ts";
import type { AdvocateTables } from "../tables.ts";

export function factRoutes(house: House): readonly AnyRoute[] {
  return [
    route(putFact, async ({ actor, params, body }) => {
      const { tenantId } = actor;
      const { fact, title, customer } = body;
      if (fact.kind !== params.kind)
        throw new AppError("bad_request", undefined, [
          { path: "body.fact.kind", message: `not ${params.kind} as in the address` },
        ]);
      const fault = faultOf(fact);
      if (fault !== null) throw new AppError("rule_broken", `${fault}.`);
      const now = house.clock.now();
      const { timeZone } = await house.profile(tenantId);
      const today = localDate(now, timeZone);
      const mask = await pseudonyms(house, { tenantId, purpose: PURPOSE });
      const came = actor.staffId.startsWith("key:") ? ("api" as const) : ("desk" as const);
      return house.db.tenant<{ id: number; isNew: boolean }, AdvocateTables>(tenantId, async (tx) => {
        const contactId = await contactOf(tx, tenantId, customer);
        if (contactId === null)
          throw new AppError("rule_broken", "Nobody is known by this contactId or identity.");
        const facts = [{ reference: params.reference, contactId, title, fact }];
        const [put] = await putFacts(tx, { tenantId, kind: fact.kind, facts, came, today, now });
        if (!put) throw new AppError("conflict");
        if (!put.isNew)
          await noteFollowed(tx, { tenantId, mask }, { facts: [{ id: put.id, fact }], day: today });
        return put;
      });
    }),
    route(deleteFact, async ({ actor, params }) => {
      await house.db.tenant<void, AdvocateTables>(actor.tenantId, (tx) =>
        removeFact(tx, actor.tenantId, params),
      );
      return { ok: true as const };
    }),
    route(listFacts, async ({ actor, query }) => {
      const rows = await house.db.tenant<StoredFact[], AdvocateTables>(actor.tenantId, (tx) =>
        listRows(tx, actor.tenantId, {
          contactId: query.contactId,
          after: idCursor(query.cursor) ?? 0,
          limit: query.limit + 1,
        }),
      );
      const items = rows.slice(0, query.limit);
      return {
        items: items.map(({ kind, reference, contactId, title, fact, came, recordedAt }) => ({
          kind,
          reference,
          contactId,
          title,
          data: dataOf(fact),
          came,
          recordedAt: recordedAt.toISOString(),
        })),
        next: rows.length > query.limit ? String(items.at(-1)?.id) : null,
      };
    }),
    route(importFacts, ({ actor, body }) => importFile(house, actor.tenantId, body)),
  ];
}

function dataOf({ kind: _, ...data }: Fact): Record<string, unknown> {
  return data;
}

/** @throws AppError bad_request for a cursor that is none of ours */
export function idCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError("bad_request", "The cursor is not one of this list.");
  return Number(cursor);
}
