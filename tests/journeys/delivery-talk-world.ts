import { sql } from "kysely";
import { type VisitorMessage, visitorHistory } from "#kernel/api";
import type { Expected } from "../../src/skills/delivery/flows/told.ts";
import { EXPIRE } from "../../src/skills/delivery/rules/timer-kinds.ts";
import type { FindPlace } from "../../src/skills/delivery/store/talk/outside.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { findDateTime } from "../../src/skills/service/rules/index.ts";
import { Visitor } from "../outside/visitor.ts";
import { cityWith, founded, HOUSES, planned, startDeliveryNode, windowsAt } from "./delivery-stage.ts";
import type { WebNode } from "./web-node.ts";

/** Customers in the chat of a company that delivers: the flow, its timers, real plans in a real database; only the map is played. */

const CITY = cityWith({ windows: windowsAt(17, 18, 19) });

/** What the world around plays. */
interface Played {
  /** The next call to the plan is done, and the process ends before it can say so. */
  isCutOff: boolean;
  /** So long the map thinks about a street and number without a postcode. */
  slowMap: Promise<void> | null;
  /** What the map was asked. */
  readonly asked: string[];
  /** What the running evening expects, by delivery. */
  readonly expected: Map<number, Expected>;
}

/** Knows three houses; "Ring 1" is in no list, and for "Ohneweg 1" nothing answers. */
function playedMap(played: Played): FindPlace {
  return async ({ cities, text }) => {
    played.asked.push(text);
    if (!text.includes(",")) await played.slowMap;
    const cityId = cities[0]?.id ?? 0;
    const known = Object.entries(HOUSES).find(([address]) =>
      address.toLowerCase().startsWith(text.toLowerCase()),
    );
    if (known) return { is: "sure", place: { cityId, place: known[1], address: known[0] } };
    return { is: text.startsWith("Ohneweg") ? "unavailable" : "none" };
  };
}

export interface TalkRow {
  readonly id: number;
  readonly state: string;
  readonly door_note: string;
  readonly choice: string | null;
  readonly hold_until: Date | null;
}

export interface TalkWorld {
  readonly node: WebNode;
  readonly played: Played;
  /** A company with a round on the evenings of these days, each with room for so many parcels. @returns its id */
  carrier(key: string, evenings: Readonly<Record<string, number>>): Promise<number>;
  customer(key: string): Customer;
  /** The company's deliveries, in the order in which they were asked for. */
  deliveries(tenantId: number): Promise<readonly TalkRow[]>;
  conversations(
    tenantId: number,
  ): Promise<readonly { readonly state: string; readonly contact_id: number; readonly flow: unknown }[]>;
  run(tenantId: number, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openTalkWorld(): Promise<TalkWorld> {
  const played: Played = { isCutOff: false, slowMap: null, asked: [], expected: new Map() };
  const node = await startNode(played);
  const { kernel } = node.world;
  return {
    node,
    played,
    async carrier(key, evenings) {
      const { id } = await node.company(key);
      const city = await founded(node, id, CITY);
      for (const [date, capacity] of Object.entries(evenings))
        await planned(node, id, { city, date, capacity });
      return id;
    },
    customer: (key) => new Customer(node, key),
    deliveries: (tenantId) =>
      inTenant(kernel, tenantId, (tx) =>
        tx
          .selectFrom("delivery.delivery")
          .select(["id", "state", "door_note", "choice", "hold_until"])
          .where("tenant_id", "=", tenantId)
          .orderBy("id")
          .execute(),
      ),
    conversations: (tenantId) =>
      inTenant(kernel, tenantId, (tx) =>
        tx
          .selectFrom("kernel.conversation")
          .select(["state", "contact_id", "flow"])
          .where("tenant_id", "=", tenantId)
          .orderBy("id")
          .execute(),
      ),
    run: (tenantId, text) =>
      inTenant(kernel, tenantId, async (tx) => {
        await sql.raw(text).execute(tx);
      }),
    close: () => node.close(),
  };
}

function startNode(played: Played): Promise<WebNode> {
  const cutOff =
    <Given extends readonly unknown[], T>(call: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      const result = await call(...given);
      if (!played.isCutOff) return result;
      played.isCutOff = false;
      throw new Error("cut off");
    };
  return startDeliveryNode({
    kinds: [EXPIRE],
    findPlace: playedMap(played),
    readTime: (text, now, timeZone) => {
      const found = findDateTime(text, { now: new Date(now), timeZone });
      if (!found) return undefined;
      const { at, until, hasDay, hasTime } = found;
      return { at: at.getTime(), until: until?.getTime() ?? null, hasDay, hasTime };
    },
    played: ({ promises }) => ({
      promises: { ...promises, hold: cutOff(promises.hold), book: cutOff(promises.book) },
      expectedOf: async (_tenantId, deliveryId) => played.expected.get(deliveryId) ?? null,
    }),
  });
}

export class Customer extends Visitor {
  readonly #node: WebNode;
  #read = 0;

  constructor(node: WebNode, key: string) {
    super(node.url, key);
    this.#node = node;
  }

  /** Says it, or taps the option with this title. @returns what is answered, and what may be tapped then */
  async talk(text: string): Promise<VisitorMessage> {
    const before = await this.ours();
    const option = before.at(-1)?.options.find(({ title }) => title.startsWith(text));
    await this.say(option?.title ?? text, option ? { choice: option.id } : {});
    return this.next();
  }

  async tapAny(id: string): Promise<VisitorMessage> {
    await this.say("x", { choice: id });
    return this.next();
  }

  /** @throws Error where it is not exactly one more */
  async next(): Promise<VisitorMessage> {
    await this.#node.world.settle();
    const ours = await this.ours();
    const last = ours.at(-1);
    if (!last || ours.length !== this.#read + 1)
      throw new Error(`${ours.length - this.#read} answers, the last: ${last?.text ?? "none"}`);
    this.#read = ours.length;
    return last;
  }

  async ours(): Promise<VisitorMessage[]> {
    const { items } = await this.client.call(visitorHistory, { params: { key: this.key } });
    return items.filter(({ author }) => author === "bot");
  }
}

export const titlesOf = ({ options }: VisitorMessage): string[] =>
  options.map(({ title }) => title.replace(/\s/g, " "));
export const plain = (text: string): string => text.replace(/\u00a0/g, " ");
