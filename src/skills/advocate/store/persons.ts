import { sql } from "kysely";
import type { AdvocateTx } from "./customers.ts";

/** Whom the advocate looks after, and what it keeps from being advertised to them. */

export interface AdvocatePerson {
  readonly contactId: number;
  readonly name: string;
  /** kind -> how many facts */
  readonly facts: Record<string, number>;
  readonly isAgreed: boolean;
  readonly lastWarnedAt: string | null;
}

/** Persons with facts, by contact, from a place on. */
export async function listPersons(
  tx: AdvocateTx,
  tenantId: number,
  page: { after: number; limit: number; purpose: string; now: number },
): Promise<AdvocatePerson[]> {
  const { rows } = await sql<{
    contact_id: number;
    name: string;
    facts: Record<string, number>;
    is_agreed: boolean;
    last_warned_at: Date | null;
  }>`
    with somebody as materialized (
      select distinct f.contact_id from advocate.fact f where f.tenant_id = ${tenantId} and f.contact_id > ${page.after}
      order by f.contact_id limit ${page.limit})
    select s.contact_id, c.name,
      (select jsonb_object_agg(k.kind, k.facts) from (select f.kind, count(*)::int as facts from advocate.fact f
        where f.tenant_id = ${tenantId} and f.contact_id = s.contact_id group by f.kind) k) as facts,
      exists (select from kernel.consent_grant g where g.tenant_id = ${tenantId} and g.contact_id = s.contact_id and g.purpose = ${page.purpose}
        and g.withdrawn_at is null and (g.expires_at is null or g.expires_at > ${new Date(page.now)})) as is_agreed,
      (select max(w.made_at) from advocate.warning w where w.tenant_id = ${tenantId} and w.contact_id = s.contact_id) as last_warned_at
    from somebody s join kernel.contact c on c.tenant_id = ${tenantId} and c.id = s.contact_id order by s.contact_id`.execute(
    tx,
  );
  return rows.map((row) => ({
    contactId: row.contact_id,
    name: row.name,
    facts: row.facts,
    isAgreed: row.is_agreed,
    lastWarnedAt: row.last_warned_at?.toISOString() ?? null,
  }));
}

export interface StandingVeto {
  readonly rule: string;
  readonly title: string;
  /** Its latest last day, YYYY-MM-DD. */
  readonly until: string;
  readonly persons: number;
  /** Advertising that was kept from somebody because of it. */
  readonly stopped: number;
}

const VETOES_MOST = 200;
/** Name of the decisions that keep advertising from somebody; they are the notices' own. */
const VETO_DECISIONS = "notices.veto/%";

/** Warnings that object to advertising today, by the thing that they are about. */
export async function standingVetoes(
  tx: AdvocateTx,
  tenantId: number,
  today: string,
): Promise<StandingVeto[]> {
  const { rows } = await sql<StandingVeto>`
    select w.rule, f.title, max(w.vetoes_until) as until, count(distinct w.contact_id)::int as persons,
      (select count(*)::int from kernel.decision d where d.tenant_id = ${tenantId} and d.rule like ${VETO_DECISIONS}
        and d.inputs #>> '{objection,rule}' = w.rule
        and d.inputs #> '{objection,subjects}' ?| (array_agg(distinct lower(f.title)) || array_remove(array_agg(distinct f.gtin), null))) as stopped
    from advocate.warning w join advocate.fact f on f.tenant_id = w.tenant_id and f.id = w.fact_id
    where w.tenant_id = ${tenantId} and w.vetoes_until >= ${today}
    group by w.rule, f.title order by persons desc, until desc, f.title limit ${VETOES_MOST}`.execute(tx);
  return rows;
}
