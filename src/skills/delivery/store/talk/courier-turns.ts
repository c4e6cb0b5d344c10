import type { Flow, House } from "#kernel";
import { type Answering, answerTurn, type CourierRound, courierTurn } from "../../flows/courier.ts";
import { openServedCache } from "./served.ts";
import { askerKey } from "./standing.ts";

/** Messages of couriers in their rounds, and of customers who answer one; all others go on to the flow inside. */

const MINUTE_MS = 60_000;
/** A courier is heard so long before a round and after it. */
const BEFORE_MS = 90 * MINUTE_MS;
const AFTER_MS = 180 * MINUTE_MS;
/** A customer's words are an answer to the courier's for so long. */
const ANSWER_MS = 60 * MINUTE_MS;
const MOST = 2_000;

interface Row {
  tenant_id: number;
  contact_id: number;
  courier_id: number | null;
  delivery_id: number | null;
  shift_id: number;
  evening_id: number;
}

interface Known {
  readonly rounds: ReadonlyMap<string, CourierRound>;
  readonly answering: ReadonlyMap<string, Answering>;
}
const NOTHING: Known = { rounds: new Map(), answering: new Map() };

interface Asker {
  readonly tenantId: number;
  readonly contactId: number;
}

/** Asked as the node, which carries messages for all. */
async function knownOf(house: House, askers: readonly Asker[]): Promise<Known> {
  if (askers.length === 0) return NOTHING;
  const now = house.clock.now();
  const { rows } = await house.db.node.query<Row>({
    name: "delivery-couriers",
    text: `with w as (select distinct * from unnest($1::int[], $2::bigint[]) w(tenant_id, contact_id))
      select * from (
        (select distinct on (w.tenant_id, w.contact_id) w.tenant_id, w.contact_id, c.id as courier_id, null::bigint as delivery_id,
          s.id as shift_id, s.evening_id
        from w join delivery.courier c on c.tenant_id = w.tenant_id and c.contact_id = w.contact_id and c.active
        join delivery.shift s on s.tenant_id = c.tenant_id and s.courier_id = c.id
        where s.state in ('planned', 'accepted', 'out', 'done') and s.earliest_at < $3 and s.latest_at > $4
        order by w.tenant_id, w.contact_id, (s.state = 'done'), s.earliest_at)
        union all
        (select distinct on (w.tenant_id, w.contact_id) w.tenant_id, w.contact_id, null::int, d.id, d.shift_id, d.evening_id
        from w join delivery.delivery d on d.tenant_id = w.tenant_id and d.contact_id = w.contact_id
          and d.state in ('booked', 'loaded', 'under_way')
        join delivery.happened h on h.tenant_id = d.tenant_id and h.delivery_id = d.id and h.kind = 'wrote' and h.by = 'courier'
        where d.shift_id is not null and h.at > $5
        order by w.tenant_id, w.contact_id, h.at desc)
      ) found limit $6`,
    values: [
      askers.map(({ tenantId }) => tenantId),
      askers.map(({ contactId }) => contactId),
      new Date(now + BEFORE_MS),
      new Date(now - AFTER_MS),
      new Date(now - ANSWER_MS),
      MOST,
    ],
  });
  const rounds = new Map<string, CourierRound>();
  const answering = new Map<string, Answering>();
  for (const row of rows) {
    const key = askerKey({ tenantId: row.tenant_id, contactId: row.contact_id });
    if (row.courier_id !== null) rounds.set(key, { courierId: row.courier_id, shiftId: row.shift_id });
    else if (row.delivery_id !== null)
      answering.set(key, { deliveryId: row.delivery_id, shiftId: row.shift_id, eveningId: row.evening_id });
  }
  return { rounds, answering };
}

/** @param inside the flow for everybody else's words */
export function withCouriers(house: House, inside: Flow): Flow {
  const served = openServedCache(house);
  // By company: two pumps prepare their own at the same time.
  const known = new Map<number, Known>();
  return {
    ...inside,
    whileWaiting: true,
    whileHeld: true,
    async prepare(tenantIds, open, said) {
      await inside.prepare?.(tenantIds, open, said);
      for (const id of tenantIds) known.delete(id);
      await served.prepare(tenantIds);
      const askers = said.filter(({ tenantId }) => served.of(tenantId) !== null);
      const found = await knownOf(house, askers);
      for (const { tenantId } of askers) known.set(tenantId, found);
    },
    turn(turn) {
      const { rounds, answering } = known.get(turn.tenant.id) ?? NOTHING;
      const key = askerKey({ tenantId: turn.tenant.id, contactId: turn.contact.id });
      const asCourier = courierTurn(turn, rounds.get(key) ?? null);
      if (asCourier) return asCourier;
      const { isWaiting, isHeld } = turn.conversation;
      const isInside =
        (!isWaiting && !isHeld) ||
        turn.message.content.type === "choice" ||
        (isWaiting && inside.whileWaiting) ||
        (isHeld && inside.whileHeld);
      return (isInside ? inside.turn(turn) : null) ?? answerTurn(turn, answering.get(key) ?? null);
    },
  };
}
