import { afterAll, beforeAll, expect, test } from "vitest";
import { type Companies, lastWriter, openCompanies, ordered, Shopper, tells } from "./delivery-companies.ts";
import { at, MINUTE, rowsOf } from "./delivery-stage.ts";

/**
 * After an evening that another company drove: what follows is said in the shop's own words, can be tapped in its chat, and who
 * was not content comes to the shop's people.
 */

interface Ordered {
  readonly who: Shopper;
  readonly contactId: number;
  readonly conversationId: number;
  readonly id: number;
}

let companies: Companies;
let refusing: Ordered;
let absent: Ordered;
let silent: Ordered;
let telling: Ordered;

beforeAll(async () => {
  companies = await openCompanies("2026-11-24", "2026-11-26");
  const orders = async (reference: string): Promise<Ordered> => {
    const who = new Shopper(companies);
    await who.talk("Guten Tag");
    const writer = await lastWriter(companies);
    return { who, ...writer, id: await ordered(companies, reference) };
  };
  refusing = await orders("K-1");
  absent = await orders("K-2");
  silent = await orders("K-3");
  telling = await orders("K-4");
  await to(at(17, 5));
  await tells(companies, { kind: "leave" });
  for (const { id } of [silent, telling])
    await tells(companies, { kind: "done", deliveryId: id, outcome: "handed_over", to: "" });
  await tells(companies, { kind: "refused", deliveryId: refusing.id, words: "" });
  await tells(companies, { kind: "not_there", deliveryId: absent.id });
  await tells(companies, { kind: "back" });
  // What follows is said when it was not taken back at once.
  await to(at(17, 6));
}, 120_000);
afterAll(() => companies?.close());

async function to(moment: number): Promise<void> {
  const { clock, settle } = companies.node.world;
  clock.advance(moment - clock.now());
  await settle();
}
const atCarrier = <T>(text: string): Promise<T[]> => rowsOf<T>(companies.node, companies.carrierId, text);
const atShop = <T>(text: string): Promise<T[]> => rowsOf<T>(companies.node, companies.senderId, text);

test("who did not accept it reads so in the shop's form of address and name", async () => {
  expect((await refusing.who.read()).at(-1)).toBe(
    "Du hast die Lieferung um 17:05 Uhr nicht angenommen. Die Lieferung geht zurück an Kontor.",
  );
});

test("who was not there taps another window in the shop's chat, and the next attempt is theirs", async () => {
  expect((await absent.who.read()).at(-1)).toBe(
    "Um 17:05 Uhr hat niemand geöffnet. Wann dürfen wir noch einmal kommen?",
  );
  expect(await absent.who.titles()).toEqual(["Do 26.11., 17–19 Uhr"]);
  const promised = await absent.who.talk("Do 26.11.");
  expect(promised).toContain("Versprochen: Donnerstag, 26. November, 17 bis 19 Uhr");
  expect(promised).toContain("Du musst nichts weiter tun.");
  const [next] = await atCarrier<{ id: number }>(
    `select id, attempt, state, sender_ref, contact_id from delivery.delivery where former_id = ${absent.id}`,
  );
  expect(next).toMatchObject({ attempt: 2, state: "booked", sender_ref: "K-2", contact_id: null });
  const kept = await atShop(
    `select contact_id, conversation_id from delivery.sent where delivery_id = ${next?.id} and carrier_tenant_id = ${companies.carrierId}`,
  );
  expect(kept).toEqual([{ contact_id: absent.contactId, conversation_id: absent.conversationId }]);
  // Theirs to ask about, and nobody else's.
  expect(await absent.who.talk("Wann kommt meine Lieferung?")).toContain("Deine Lieferung ist versprochen");
  expect(await refusing.who.talk("Wann kommt meine Lieferung?")).not.toContain("versprochen");
});

test("the next morning the shop asks; who was not content and says why is answered and comes to the shop's people", async () => {
  await to(at(24 + 12));
  expect((await telling.who.read()).at(-1)).toBe("Hat mit deiner Lieferung alles geklappt?");
  expect(await telling.who.titles()).toEqual(["Ja", "Nein"]);
  const answered = await telling.who.talk("Nein, der Karton war nass");
  expect(answered).toBe("Danke. Das Team liest es und meldet sich hier bei dir.");
  const [row] = await atCarrier(
    `select asked_at is not null as is_asked, answer, answer_words from delivery.delivery where id = ${telling.id}`,
  );
  expect(row).toEqual({ is_asked: true, answer: "bad", answer_words: "der Karton war nass" });
  expect(await handedOver(telling)).toMatch(/^Nach der Lieferung nicht zufrieden: der Karton war nass/);
});

test("who says no and nothing else is asked once more, and after an hour a person of the shop does it", async () => {
  expect(await silent.who.talk("Nein")).toBe("Was ist passiert? Ein Satz genügt, das Team liest ihn.");
  expect(await handedOver(silent)).toBeNull();
  const asked = companies.node.world.clock.now();
  await to(asked + 59 * MINUTE);
  expect(await handedOver(silent)).toBeNull();
  await to(asked + 61 * MINUTE);
  expect(await handedOver(silent)).toMatch(
    /^Nach der Lieferung nicht zufrieden, ohne Worte: bitte nachfragen/,
  );
  // The carrier has neither a conversation nor a word of theirs.
  expect(await atCarrier("select id from kernel.conversation")).toEqual([]);
});

/** @returns what the shop's people read, or null where nobody is asked for */
async function handedOver({ conversationId }: Ordered): Promise<string | null> {
  const [row] = await atShop<{ state: string; hand_over: { summary?: string } | null }>(
    `select state, hand_over from kernel.conversation where id = ${conversationId}`,
  );
  return row?.state === "waiting" ? (row.hand_over?.summary ?? "") : null;
}
