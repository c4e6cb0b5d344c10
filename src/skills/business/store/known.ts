import { type House, openTenantCache, type Said } from "#kernel";
import type { KnownCompanyWorld, KnownMachine } from "../rules/known.ts";
import { readMachineDown } from "../rules/speech.ts";
import { KNOWN } from "./tx.ts";

/** Days after its last one in which an acceptance still gets its own answer. */
const LATE_DAYS = 90;
const DAY_MS = 86_400_000;
/** Of all tenants of a process; beyond it the longest unused are read again when they are wanted. */
const LIMIT_BYTES = 64 * 2 ** 20;
const PERSON_BYTES = 200;
const QUOTATION_BYTES = 600;
/** More than can be offered to choose from. */
const MOST_MACHINES = 12;
/** Words of one message that may be a serial number. */
const MOST_KEYS = 20;

const NOBODY: People = { persons: new Map(), quotations: [] };

type People = Omit<KnownCompanyWorld, "machines">;

export interface KnownCache {
  /** Reads what is missing, announced as changed or old, set-wise. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[], said: readonly Said[]): Promise<void>;
  known(tenantId: number): KnownCompanyWorld;
}

/**
 * Who speaks for whom and what can be ordered, for tenants that have companies. Machines may be many thousands: only those
 * are read that somebody of their company may mean who reports trouble in this batch.
 */
export function openKnown(house: House): KnownCache {
  const people = openTenantCache(house, {
    topic: KNOWN,
    none: NOBODY,
    limitBytes: LIMIT_BYTES,
    bytesOf: ({ persons, quotations }) => persons.size * PERSON_BYTES + quotations.length * QUOTATION_BYTES,
    read: (tenantIds, now) => readPeople(house, tenantIds, now),
  });
  /** Of the batch that is under way; a tenant is in one batch at a time. */
  const machines = new Map<number, readonly KnownMachine[]>();
  return {
    async prepare(tenantIds, said) {
      for (const id of tenantIds) machines.delete(id);
      await people.prepare(tenantIds);
      const asked = said.flatMap(({ tenantId, contactId, text }): Asked[] => {
        const person = people.of(tenantId).persons.get(contactId);
        const down = person ? readMachineDown(text) : null;
        // Without a number, or with one that fits none, it is chosen from all.
        return person && down
          ? [...down.keys.slice(0, MOST_KEYS), ""].map((key) => ({ tenantId, ...person, key }))
          : [];
      });
      if (asked.length === 0) return;
      for (const [id, found] of await readMachines(house, asked)) machines.set(id, found);
    },
    known: (tenantId) => ({ ...people.of(tenantId), machines: machines.get(tenantId) ?? [] }),
  };
}

interface PeopleRow {
  tenant_id: number;
  persons: { contactId: number; companyId: number; roles: string[] }[];
  quotations: KnownCompanyWorld["quotations"][number][];
}

async function readPeople(
  house: House,
  tenantIds: readonly number[],
  now: number,
): Promise<Map<number, People>> {
  const { rows } = await house.db.node.query<PeopleRow>({
    name: "business-known",
    text: PEOPLE,
    values: [tenantIds, new Date(now - LATE_DAYS * DAY_MS)],
  });
  return new Map(
    rows.map(({ tenant_id, persons, quotations }) => [
      tenant_id,
      { persons: new Map(persons.map(({ contactId, ...person }) => [contactId, person])), quotations },
    ]),
  );
}

/** Whoever speaks for no company is never heard: without persons nothing is read. */
const PEOPLE = `
  select t.id as tenant_id,
    (select json_agg(json_build_object('contactId', p.contact_id, 'companyId', p.company_id, 'roles', p.roles))
      from business.person p where p.tenant_id = t.id and p.left_at is null) as persons,
    coalesce((select json_agg(json_build_object('id', q.id, 'number', q.number, 'companyId', q.company_id, 'conversationId', x.conversation_id,
        'version', v.version, 'state', v.state, 'validUntil', v.valid_until::text, 'grossCents', v.gross_cents, 'netCents', v.net_cents,
        'currency', v.currency, 'lines', jsonb_array_length(v.lines), 'delivery', v.words ->> 'delivery') order by q.id)
      from business.quotation_version v join business.quotation q on q.tenant_id = v.tenant_id and q.id = v.quotation_id
      left join business.quotation_place x on x.tenant_id = q.tenant_id and x.quotation_id = q.id
      where v.tenant_id = t.id and (v.state = 'sent' or (v.state = 'expired' and v.ended_at > $2))), '[]') as quotations
  from unnest($1::int[]) t(id)
  where exists (select from business.person p where p.tenant_id = t.id and p.left_at is null)`;

/** Machines of one company whose serial number ends like this; "" = any. */
interface Asked {
  readonly tenantId: number;
  readonly companyId: number;
  readonly key: string;
}

async function readMachines(house: House, asked: readonly Asked[]): Promise<Map<number, KnownMachine[]>> {
  const { rows } = await house.db.node.query<KnownMachine & { tenantId: number }>({
    name: "business-machines",
    text: MACHINES,
    values: [
      asked.map(({ tenantId }) => tenantId),
      asked.map(({ companyId }) => companyId),
      asked.map(({ key }) => key),
      MOST_MACHINES,
    ],
  });
  return Map.groupBy(rows, ({ tenantId }) => tenantId);
}

const MACHINES = `
  select distinct m.tenant_id as "tenantId", m.id, m.company_id as "companyId", m.serial_key as key, m.serial, m.model
  from unnest($1::int[], $2::int[], $3::text[]) a(tenant_id, company_id, key)
  cross join lateral (select * from business.machine m where m.tenant_id = a.tenant_id and m.company_id = a.company_id
    and right(m.serial_key, length(a.key)) = a.key order by m.serial_key <> a.key, m.id limit $4) m
  order by m.tenant_id, m.id`;
