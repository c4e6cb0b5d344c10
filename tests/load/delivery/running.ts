import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { sql } from "kysely";
import { embeddedAddress, grantConsent, type House, readConfig } from "#kernel";
import { startEmbedded } from "../../../src/kernel/db/embedded.ts";
import { openNode } from "../../../src/main.ts";
import type { CourierEvent } from "../../../src/skills/delivery/api.ts";
import { makeChangeIn, tryChangeIn } from "../../../src/skills/delivery/evening/dispatch.ts";
import { record } from "../../../src/skills/delivery/evening/record.ts";
import { type Running, readRunning } from "../../../src/skills/delivery/evening/running.ts";
import { tick } from "../../../src/skills/delivery/evening/tick.ts";
import { roomOf } from "../../../src/skills/delivery/plan/room.ts";
import type { Within } from "../../../src/skills/delivery/plan/with-delivery.ts";
import { inTenant } from "../../../src/skills/delivery/store/tx.ts";
import type { Reading } from "../dialogue/figure.ts";
import type { Wishes } from "./figures.ts";
import { type InstalledCity, installCity } from "./installed-city.ts";

/** An evening of 1,000 stops as it runs over PostgreSQL: each minute, each word of a courier, and a courier who drops out. */

const STOPS = 1_000;
const COURIERS = 60;
const MINUTES = 40;
const MINUTE_MS = 60_000;
const DROP_OUTS = 5;
const GOALS = { tick: 100, dropOut: 500 } as const;

export async function measureRunning({ say }: Wishes): Promise<Reading> {
  const city = await installCity({
    evenings: 1,
    stops: STOPS,
    couriers: COURIERS,
    capacity: 40,
    keys: 0,
    holdSeconds: 600,
  });
  const server = await startEmbedded({ dataDir: city.dataDir, endsWithProcess: true });
  try {
    const address = embeddedAddress(server.connection());
    const node = await openNode(readConfig({ dataDir: city.dataDir }, {}), address);
    try {
      return await live(city, node.kernel, say);
    } finally {
      await node.close();
    }
  } finally {
    await server.stop();
    city.remove();
  }
}

async function live(city: InstalledCity, kernel: House, say: Wishes["say"]): Promise<Reading> {
  const { tenantId } = city;
  const [{ id: eveningId, stops }] = city.evenings as [InstalledCity["evenings"][number]];
  let now = 0;
  const house: House = { ...kernel, clock: { now: () => now } };
  const within: Within = { house, book: roomOf(house).book };
  now = await allowAll(house, tenantId, eveningId);
  const evening = { tenantId, eveningId };
  const times = {
    tick: [] as number[],
    event: [] as number[],
    tried: [] as number[],
    dropped: [] as number[],
  };
  const timed = async <T>(into: number[], work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    into.push(performance.now() - begun);
    return result;
  };
  for (let minute = 0; minute < MINUTES; minute++) {
    await timed(times.tick, () => tick(within, evening));
    const running = await readRunning(house, tenantId, eveningId);
    for (const event of eventsOf(running))
      await timed(times.event, () =>
        record(within, { tenantId, by: "dispatcher", courierId: null }, [event]),
      );
    now += MINUTE_MS;
  }
  say(`${times.event.length} events in ${MINUTES} minutes`);
  for (let n = 0; n < DROP_OUTS; n++) {
    const running = await readRunning(house, tenantId, eveningId);
    const round = running.rounds.filter(({ isAbandoned, stops: open }) => !isAbandoned && open.length > 3)[
      7 * n
    ];
    if (!round) break;
    const change = { kind: "drop", shiftId: round.shift.id } as const;
    const { version } = await timed(times.tried, () => tryChangeIn(house, evening, change));
    await timed(times.dropped, () => makeChangeIn(within, evening, { change, version, tells: true }));
  }
  const worst = Math.max(...times.tick, 0);
  const dropOut = Math.max(...times.dropped, 0);
  return {
    measured: `${show(times.tick)} ms a minute, ${show(times.event)} ms an event, ${show(times.dropped)} ms a drop-out (tried: ${show(times.tried)} ms)`,
    meets: middle(times.tick) < GOALS.tick && dropOut <= GOALS.dropOut,
    values: times,
    notes: [
      `${stops} stops, ${COURIERS} couriers, ${MINUTES} minutes; all customers allow messages and get them; ${times.event.length} events; median / worst by the clock, the database's work included; worst minute ${worst.toFixed(0)} ms; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}

const middle = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const show = (list: readonly number[]): string =>
  `${middle(list).toFixed(0)} / ${Math.max(...list, 0).toFixed(0)}`;

/** Everybody does what is expected of them, a little later. */
function eventsOf({ rounds, clock, now }: Running): CourierEvent[] {
  return rounds.flatMap(({ shift, round, stops }): CourierEvent[] => {
    const common = { key: randomUUID(), at: new Date(now).toISOString(), shiftId: shift.id };
    if (shift.leftAt === null) return now >= shift.earliestAt ? [{ ...common, kind: "leave" }] : [];
    if (round.doing.kind === "serving" && shift.atDeliveryId !== null) {
      const isDone = clock.ms(round.doing.since + round.doing.service_s) <= now;
      const done = { kind: "done", deliveryId: shift.atDeliveryId, outcome: "handed_over", to: "" } as const;
      return isDone ? [{ ...common, ...done }] : [];
    }
    const [next] = stops;
    if (!next?.delivery || clock.ms(next.expected.begins) - 30_000 > now) return [];
    return [{ ...common, kind: "arrive", deliveryId: next.delivery.id }];
  });
}

/** A conversation and a grant for each delivery. @returns when the evening begins to be looked after, ms */
async function allowAll(house: House, tenantId: number, eveningId: number): Promise<number> {
  return inTenant(house, tenantId, async (tx) => {
    const at = new Date();
    const { rows } = await sql<{ id: number; contact_id: number; channel_id: number }>`
      with h as (insert into kernel.channel (tenant_id, kind, address, name, api_base, token, settings, created_at)
          values (${tenantId}, 'web', 'bench-evening', 'web', '', '', '{}', ${at}) returning id),
        c as (insert into kernel.contact (tenant_id, name, first_seen_at)
          select tenant_id, 'Kunde ' || id, ${at} from delivery.delivery where tenant_id = ${tenantId} and evening_id = ${eveningId} returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
      select ${tenantId}, h.id, c.id, 'bench-' || c.id, 'de', ${at}, ${at}::timestamptz::date, ${at} from c, h returning id, contact_id, channel_id`.execute(
      tx,
    );
    await sql`update delivery.delivery d set contact_id = p.contact_id, conversation_id = p.id
      from (select id, row_number() over (order by id) as n from delivery.delivery where tenant_id = ${tenantId} and evening_id = ${eveningId}) o
      join (select e.id, e.contact_id, row_number() over (order by e.id) as n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) e(id bigint, contact_id bigint)) p
        on p.n = o.n where d.tenant_id = ${tenantId} and d.id = o.id`.execute(tx);
    await grantConsent(tx, {
      tenantId,
      grants: rows.map(({ contact_id: contactId, channel_id: channelId }) => ({
        contactId,
        channelId,
        purpose: "delivery.arrival",
        topic: "",
        language: "de" as const,
        text: "Ja",
        how: "message" as const,
        evidence: {},
        expiresAt: null,
      })),
      now: at.getTime(),
    });
    const begins = await sql<{ at: Date }>`select min(earliest_at) as at from delivery.shift
      where tenant_id = ${tenantId} and evening_id = ${eveningId}`.execute(tx);
    return begins.rows[0]?.at.getTime() ?? 0;
  });
}
