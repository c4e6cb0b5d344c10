import type { House } from "#kernel";
import type { KnownCompanyWorld } from "../rules/known.ts";
import { KNOWN } from "./tx.ts";

/** A missed announcement is made good by reading again this often. */
const FRESH_MS = 60_000;
/** Days after its last one in which an acceptance still gets its own answer. */
const LATE_DAYS = 90;
const DAY_MS = 86_400_000;

const NOBODY: KnownCompanyWorld = { persons: new Map(), quotations: [], machines: [] };

export interface KnownCache {
  /** Reads what is missing, announced as changed or old, set-wise. Nearly free when nothing is. */
  prepare(tenantIds: readonly number[]): Promise<void>;
  known(tenantId: number): KnownCompanyWorld;
}

interface Row {
  tenant_id: number;
  persons: { contactId: number; companyId: number; roles: string[] }[];
  quotations: KnownCompanyWorld["quotations"][number][];
  machines: KnownCompanyWorld["machines"][number][];
}

/** Who speaks for whom, what can be ordered, which machines there are; a node without companies keeps nothing. */
export function openKnown(house: House): KnownCache {
  const kept = new Map<number, { world: KnownCompanyWorld; readAt: number }>();
  // Marked, not dropped: a batch that is under way still answers with what it has.
  house.onAnnounce(KNOWN, (tenantId) => {
    const old = kept.get(tenantId);
    if (old) old.readAt = -Infinity;
  });

  async function read(tenantIds: readonly number[], now: number): Promise<void> {
    const { rows } = await house.db.node.query<Row>({
      name: "business-known",
      text: READ,
      values: [tenantIds, new Date(now - LATE_DAYS * DAY_MS)],
    });
    for (const { tenant_id: tenantId, persons, quotations, machines } of rows) {
      const byContact = new Map(persons.map(({ contactId, ...person }) => [contactId, person]));
      kept.set(tenantId, { world: { persons: byContact, quotations, machines }, readAt: now });
    }
  }

  return {
    async prepare(tenantIds) {
      const now = house.clock.now();
      const stale = [...new Set(tenantIds)].filter(
        (id) => (kept.get(id)?.readAt ?? -Infinity) + FRESH_MS <= now,
      );
      if (stale.length > 0) await read(stale, now);
    },
    known: (tenantId) => kept.get(tenantId)?.world ?? NOBODY,
  };
}

const READ = `
  select t.id as tenant_id,
    coalesce((select json_agg(json_build_object('contactId', p.contact_id, 'companyId', p.company_id, 'roles', p.roles))
      from business.person p where p.tenant_id = t.id and p.left_at is null), '[]') as persons,
    coalesce((select json_agg(json_build_object('id', q.id, 'number', q.number, 'companyId', q.company_id, 'conversationId', x.conversation_id,
        'version', v.version, 'state', v.state, 'validUntil', v.valid_until::text, 'grossCents', v.gross_cents, 'netCents', v.net_cents,
        'currency', v.currency, 'lines', jsonb_array_length(v.lines), 'delivery', v.words ->> 'delivery') order by q.id)
      from business.quotation_version v join business.quotation q on q.tenant_id = v.tenant_id and q.id = v.quotation_id
      left join business.quotation_place x on x.tenant_id = q.tenant_id and x.quotation_id = q.id
      where v.tenant_id = t.id and (v.state = 'sent' or (v.state = 'expired' and v.ended_at > $2))), '[]') as quotations,
    coalesce((select json_agg(json_build_object('id', m.id, 'companyId', m.company_id, 'key', m.serial_key, 'serial', m.serial, 'model', m.model)
        order by m.id) from business.machine m where m.tenant_id = t.id), '[]') as machines
  from unnest($1::int[]) t(id)`;
