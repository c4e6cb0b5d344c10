import { agree, proposeAgreement } from "#kernel";
import { roomOf } from "../../src/skills/delivery/plan/room.ts";
import { ACROSS, EVENING, EXPIRE, FORGET_ACROSS } from "../../src/skills/delivery/rules/timer-kinds.ts";
import { keepSent } from "../../src/skills/delivery/store/sent.ts";
import { inTenant } from "../../src/skills/delivery/store/tx.ts";
import { Visitor } from "../outside/visitor.ts";
import {
  DATE,
  founded,
  HOUSES,
  planned,
  rowsOf,
  type Said,
  startDeliveryNode,
  tellAsDispatcher,
} from "./delivery-stage.ts";
import type { WebNode } from "./web-node.ts";

/** A shop that says du, and the carrier that says Sie and brings its parcels: one node, two companies, one agreement. */

const ADDRESS = "Eppendorfer Weg 87, 20259 Hamburg";
const DOOR = HOUSES[ADDRESS];
const CHAT = "kontor-shop";

export interface Companies {
  readonly node: WebNode;
  readonly carrierId: number;
  readonly senderId: number;
  readonly agreementId: number;
  readonly shiftId: number;
  close(): Promise<void>;
}

export const plain = (text: string): string => text.replace(/\u00a0/g, " ");

/** @param dates of evenings with one round each */
export async function openCompanies(...dates: readonly string[]): Promise<Companies> {
  const node = await startDeliveryNode({
    kinds: [EXPIRE, EVENING, ACROSS, FORGET_ACROSS],
    findPlace: async ({ cities }) => ({
      is: "sure",
      place: { cityId: cities[0]?.id ?? 0, place: DOOR, address: ADDRESS },
    }),
    hasAfter: true,
    greets: true,
  });
  const { kernel, clock } = node.world;
  const carrierId = (await node.company("kontor-carrier")).id;
  const { id: senderId } = await node.world.tenant({ name: "Kontor", settings: { formOfAddress: "du" } });
  await node.world.channel(senderId, { kind: "web", address: CHAT });
  const now = clock.now();
  const agreementId = await kernel.db.tenant(senderId, (tx) =>
    proposeAgreement(tx, {
      tenantId: senderId,
      withTenantId: carrierId,
      purpose: "delivery.orders",
      fields: ["address", "parcel", "place", "reference", "window"],
      expiresAt: now + 365 * 86_400_000,
      now,
    }),
  );
  await kernel.db.tenant(carrierId, (tx) => agree(tx, { tenantId: carrierId, id: agreementId, now }));
  const city = await founded(node, carrierId);
  for (const date of dates.length > 0 ? dates : [DATE]) await planned(node, carrierId, { city, date });
  const [shift] = await rowsOf<{ id: number }>(node, carrierId, "select min(id) as id from delivery.shift");
  return { node, carrierId, senderId, agreementId, shiftId: shift?.id ?? 0, close: () => node.close() };
}

/** Somebody in the shop's chat. */
export class Shopper extends Visitor {
  readonly #node: WebNode;

  constructor({ node }: Companies) {
    super(node.url, CHAT);
    this.#node = node;
  }

  /** Says it, or taps the option with this beginning. @returns what is answered last */
  async talk(text: string): Promise<string> {
    const option = (await this.history()).items
      .at(-1)
      ?.options.find(({ title }) => title.replace(/\s/g, " ").startsWith(text));
    await this.say(option?.title ?? text, option ? { choice: option.id } : {});
    await this.#node.world.settle();
    return (await this.read()).at(-1) ?? "";
  }

  /** What the shop said, the oldest first. */
  async read(): Promise<string[]> {
    return (await this.history()).items
      .filter(({ author }) => author === "bot")
      .map(({ text }) => plain(text ?? ""));
  }

  /** What can be tapped under the last message. */
  async titles(): Promise<string[]> {
    return ((await this.history()).items.at(-1)?.options ?? []).map(({ title }) => title.replace(/\s/g, " "));
  }
}

/** Whoever wrote to the shop last. */
export async function lastWriter({
  node,
  senderId,
}: Companies): Promise<{ contactId: number; conversationId: number }> {
  const [row] = await rowsOf<{ contactId: number; conversationId: number }>(
    node,
    senderId,
    'select contact_id as "contactId", id as "conversationId" from kernel.conversation order by last_message_at desc, id desc limit 1',
  );
  if (!row) throw new Error("nobody wrote");
  return row;
}

/** The shop orders for whoever wrote last, as its till does. @returns the delivery's id at the carrier */
export async function ordered(companies: Companies, reference: string): Promise<number> {
  const { node, carrierId, senderId } = companies;
  const { promises } = roomOf(node.world.kernel);
  const [found] = await rowsOf<{ id: number }>(node, carrierId, "select id from delivery.city");
  const wish = { cityId: found?.id ?? 0, place: DOOR, days: 14 };
  const window = (await promises.windows(carrierId, wish)).windows[0];
  if (!window) throw new Error("no window");
  const detail = {
    key: reference,
    address: "Eppendorfer Weg 87",
    senderTenantId: senderId,
    senderRef: reference,
  };
  const answer = await promises.hold(carrierId, wish, window, detail);
  if (!("held" in answer)) throw new Error("gone");
  const { id: deliveryId } = answer.held;
  await promises.book(carrierId, deliveryId);
  const whom = { ...(await lastWriter(companies)), now: node.world.clock.now() };
  await inTenant(node.world.kernel, senderId, (tx) =>
    keepSent(tx, { senderId, carrierId, deliveryId }, whom),
  );
  return deliveryId;
}

export const tells = (companies: Companies, ...said: readonly Said[]): Promise<string[]> =>
  tellAsDispatcher(companies.node, { tenantId: companies.carrierId, shiftId: companies.shiftId }, said);
