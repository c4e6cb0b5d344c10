import {
  type Actor,
  type AnyRoute,
  AppError,
  type House,
  localDate,
  logListed,
  pseudonyms,
  route,
} from "#kernel";
import type { ReplyOf } from "#kernel/api";
import {
  deleteFact,
  type Fact,
  importFacts,
  listAdvocatePersons,
  listFacts,
  listVetoes,
  putFact,
} from "../api.ts";
import { faultOf } from "../rules/judge.ts";
import { contactOf } from "../store/customers.ts";
import { listFacts as listRows, putFacts, removeFact, type StoredFact } from "../store/facts.ts";
import { importFacts as importFile } from "../store/import.ts";
import { noteFollowed } from "../store/outcomes.ts";
import { type Outlook, outlooks } from "../store/outlook.ts";
import { type AdvocatePerson, listPersons, type StandingVeto, standingVetoes } from "../store/persons.ts";
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
    route(listFacts, ({ actor, query }) => listOf(house, actor, query)),
    route(listAdvocatePersons, async ({ actor, query }) => {
      const { tenantId } = actor;
      const page = {
        after: idCursor(query.cursor) ?? 0,
        limit: query.limit + 1,
        purpose: PURPOSE,
        now: house.clock.now(),
      };
      return house.db.tenant<PersonPage, AdvocateTables>(tenantId, async (tx) => {
        const rows = await listPersons(tx, tenantId, page);
        const items = rows.slice(0, query.limit);
        const ids = items.map(({ contactId }) => contactId);
        await logListed(house, actor, ids, { tx });
        return { items, next: rows.length > query.limit ? String(ids.at(-1)) : null };
      });
    }),
    route(listVetoes, async ({ actor: { tenantId } }) => {
      const { timeZone } = await house.profile(tenantId);
      const today = localDate(house.clock.now(), timeZone);
      return house.db.tenant<{ items: StandingVeto[] }, AdvocateTables>(tenantId, async (tx) => ({
        items: await standingVetoes(tx, tenantId, today),
      }));
    }),
    route(importFacts, ({ actor, body }) => importFile(house, actor.tenantId, body)),
  ];
}

interface PersonPage {
  items: AdvocatePerson[];
  next: string | null;
}

type FactPage = ReplyOf<typeof listFacts>;

async function listOf(
  house: House,
  actor: Actor,
  query: { contactId: number; cursor?: string | undefined; limit: number },
): Promise<FactPage> {
  const { tenantId } = actor;
  const { contactId, cursor, limit } = query;
  const page = { contactId, after: idCursor(cursor) ?? 0, limit: limit + 1 };
  const profile = await house.profile(tenantId);
  return house.db.tenant<FactPage, AdvocateTables>(tenantId, async (tx) => {
    const rows = await listRows(tx, tenantId, page);
    const items = rows.slice(0, limit);
    await logListed(house, actor, items.length > 0 ? [contactId] : [], { tx });
    const looks = await outlooks(tx, items, { profile, now: house.clock.now() });
    return {
      items: items.map((fact, n) => shownFact(fact, looks[n] as Outlook)),
      next: rows.length > limit ? String(items.at(-1)?.id) : null,
    };
  });
}

function shownFact(row: StoredFact, look: Outlook): FactPage["items"][number] {
  const { id, kind, reference, contactId, title, fact, came, recordedAt } = row;
  return {
    id,
    kind,
    reference,
    contactId,
    title,
    data: dataOf(fact),
    came,
    recordedAt: recordedAt.toISOString(),
    ...look,
  };
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
