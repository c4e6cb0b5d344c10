import { randomUUID } from "node:crypto";
import { grantConsent, type House } from "#kernel";
import type { CourierEvent } from "../../src/skills/delivery/api/courier-page.ts";
import { createCourier } from "../../src/skills/delivery/api/couriers.ts";
import { type Recorded, record } from "../../src/skills/delivery/evening/record.ts";
import { tick } from "../../src/skills/delivery/evening/tick.ts";
import type { Within } from "../../src/skills/delivery/plan/with-delivery.ts";
import { ARRIVAL } from "../../src/skills/delivery/rules/purposes.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { type DeliveryStage, HOUR, openDeliveryStage, at as place } from "./delivery-stage.ts";

/** Evenings that run on a real database: each test has a day of its own, with rounds from 17:00 to 21:00. */

const MINUTE = 60_000;

export interface Stop {
  readonly id: number;
  readonly shiftId: number;
  readonly courierId: number;
}

export type Told = Omit<CourierEvent, "key" | "at" | "shiftId">;

export class EveningStage {
  readonly stage: DeliveryStage;
  eveningId = 0;
  /** Midnight of the test's day. */
  #day = Date.parse("2026-11-25T00:00:00+01:00");
  #contactId = 0;
  #conversationId = 0;

  private constructor(stage: DeliveryStage) {
    this.stage = stage;
  }

  static async open(): Promise<EveningStage> {
    const self = new EveningStage(await openDeliveryStage());
    await self.#customer();
    return self;
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  nextDay(): void {
    this.#day += 24 * HOUR;
  }

  clock(hour: number, minute = 0): number {
    return this.#day + hour * HOUR + minute * MINUTE;
  }

  now(): number {
    return this.stage.here.clock.now();
  }

  goTo(moment: number): void {
    this.stage.here.clock.advance(moment - this.now());
  }

  date(): string {
    return new Date(this.clock(12)).toISOString().slice(0, 10);
  }

  get house(): House {
    return this.stage.here.kernel;
  }

  get within(): Within {
    return { house: this.house, book: this.stage.room.book };
  }

  get evening(): { tenantId: number; eveningId: number } {
    return { tenantId: this.stage.tenantId, eveningId: this.eveningId };
  }

  rows(text: string): Promise<Record<string, unknown>[]> {
    return this.stage.rows(text);
  }

  /** Somebody who allowed the messages. */
  async #customer(): Promise<void> {
    const { tenantId, here } = this.stage;
    const channelId = await here.channel(tenantId, { kind: "web", address: "evening-test" });
    const person = await this.person("Frau Sommer", "de");
    this.#contactId = person.contactId;
    this.#conversationId = person.conversationId;
    const words = { language: "de", text: "Ja", how: "message", evidence: {}, expiresAt: null } as const;
    const grant = { contactId: person.contactId, channelId, purpose: ARRIVAL, topic: "", ...words };
    await inTenant(here.kernel, tenantId, (tx) =>
      grantConsent(tx, { tenantId, grants: [grant], now: this.now() }),
    );
  }

  /** Somebody with a conversation in the chat, in which nothing was said yet. */
  async person(name: string, language: "de" | "en"): Promise<{ contactId: number; conversationId: number }> {
    const { tenantId } = this.stage;
    const now = new Date(this.now()).toISOString();
    const [row] = await this.rows(
      `with c as (insert into kernel.contact (tenant_id, name, first_seen_at) values (${tenantId}, '${name}', '${now}') returning id)
        insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
        select ${tenantId}, (select min(id) from kernel.channel), id, 'x' || id, '${language}', '${now}', '${now.slice(0, 10)}', '${now}' from c
        returning id, contact_id`,
    );
    return { contactId: Number(row?.contact_id), conversationId: Number(row?.id) };
  }

  /** Plans this test's evening. @param rounds room for parcels of each */
  async planned(...rounds: number[]): Promise<void> {
    const hours = {
      earliestAt: new Date(this.clock(17)).toISOString(),
      latestAt: new Date(this.clock(21)).toISOString(),
    };
    const shifts = [];
    for (const [n, capacity] of rounds.entries()) {
      const body = { name: `Courier ${this.date()} ${n}` };
      const { id: courierId } = await this.stage.call(createCourier, { body });
      shifts.push({ courierId, capacity, ...hours });
    }
    this.eveningId = await this.stage.evening(this.date(), shifts);
  }

  /** Books the window from this hour on. */
  async booked(east_m: number, hour = 18): Promise<Stop> {
    const { promises } = this.stage.room;
    const { eveningId } = this;
    const window = { eveningId, earliestAt: this.clock(hour), latestAt: this.clock(hour + 2) };
    const wish = { cityId: this.stage.cityId, place: place(east_m, 500) };
    const answer = await promises.hold(this.stage.tenantId, wish, window, {
      key: randomUUID(),
      address: "Große Bleichen 1",
      contactId: this.#contactId,
      conversationId: this.#conversationId,
    });
    if (!("held" in answer)) throw new Error("gone");
    const { id } = answer.held;
    await promises.book(this.stage.tenantId, id);
    const [row] = await this.rows(
      `select s.id as shift_id, s.courier_id from delivery.delivery d
        join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id where d.id = ${id}`,
    );
    return { id, shiftId: Number(row?.shift_id), courierId: Number(row?.courier_id) };
  }

  event({ shiftId }: Stop, told: Told, when = this.now()): CourierEvent {
    return { key: randomUUID(), at: new Date(when).toISOString(), shiftId, ...told } as CourierEvent;
  }

  leave(stop: Stop): CourierEvent {
    return this.event(stop, { kind: "leave" });
  }

  arrive(stop: Stop, when?: number): CourierEvent {
    return this.event(stop, { kind: "arrive", deliveryId: stop.id } as Told, when);
  }

  done(stop: Stop, when?: number): CourierEvent {
    const told = { kind: "done", deliveryId: stop.id, outcome: "handed_over", to: "" };
    return this.event(stop, told as Told, when);
  }

  tell(stop: Stop, events: CourierEvent[], within = this.within): Promise<Recorded[]> {
    const { tenantId } = this.stage;
    return record(within, { tenantId, by: "courier", courierId: stop.courierId }, events);
  }

  tick(within = this.within): Promise<void> {
    return tick(within, this.evening);
  }

  /** Ticks minute by minute. */
  async until(moment: number): Promise<void> {
    while (this.now() < moment) {
      this.stage.here.clock.advance(MINUTE);
      await this.tick();
    }
  }

  /** What was said to the customer of a delivery, by kind. */
  async log(stop: Stop): Promise<unknown[]> {
    const found = await this.rows(
      `select kind from delivery.happened where delivery_id = ${stop.id} and kind in ('told', 'late_said') order by id`,
    );
    return found.map(({ kind }) => kind);
  }

  async messages(): Promise<number> {
    const [row] = await this.rows("select count(*)::int as n from kernel.message where author = 'bot'");
    return Number(row?.n);
  }
}
