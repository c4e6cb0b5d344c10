import { randomInt, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { startTelegram } from "../../src/simulator/telegram.ts";
import { type Company, connectTelegram, connectWhatsapp, newCompany } from "../outside/company.ts";
import { hasShared } from "../outside/csv.ts";
import { messagesOf } from "../outside/desk.ts";
import { type Example, shuffled, telegramExamples, whatsappExamples } from "../outside/fixtures.ts";
import { quiet, until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/**
 * Every payload example of the providers, over HTTP and signed: in order, shuffled, shuffled and doubled, each into a
 * new company. What must come of them was counted by hand from the files, person by person.
 */

const SEED = 20_261_122;

/** What a conversation holds: the customer's rows, the business's own (echoes), the log's. */
interface Talk {
  customer: number;
  agent: number;
  system: number;
}

const talk = (customer: number, agent = 0, system = 0): Talk => ({ customer, agent, system });

/** By person, in the order of the lists below. */
const WHATSAPP: Readonly<Record<string, Talk>> = {
  // bsuid_only, phone_and_bsuid, username_parent_only; smb_message_echo to the same BSUID
  "Muhsin, IN.2000000000000001": talk(3, 1),
  "Mom, 255700000000 (ctwa_referral)": talk(1),
  // document, three flow replies, two images
  "Sojan, 2423423243": talk(6),
  "Customer A (two_bsuids_same_username)": talk(1),
  "Customer B (two_bsuids_same_username)": talk(1),
  // Button, ContactSharing, InteractiveReply, Order and the edit of an unknown picture; number changed, resume, signup
  "Sheena, 16505551234": talk(5, 0, 3),
  // 2 quick replies, 2 selections, 2 flow completions, 19 of message__*; edit of the business; call, revoke of an unknown
  // message, revoke by the business, identity and number changed
  "Test Name, 972987654321": talk(25, 1, 5),
};
/** invalid_entry_object: `entry` is no list. */
const WHATSAPP_PARKED = 1;

const TELEGRAM: Readonly<Record<string, Talk>> = {
  "23 (chatwoot: caption, sticker, text, voice)": talk(4),
  // audio, pressed button, document, edit of an unknown message, entities, 2 forwarded, 2 times /start, voice
  "1111111 (official)": talk(10),
  "293220108 (image, video, sticker, text)": talk(4),
  "1486190430 (a message without content)": talk(1),
  "0 (a place)": talk(1),
  "460079639 (text)": talk(1),
  "214460312 (text)": talk(1),
};

/** A change of number follows what was said under the old one, in whatever order the rest comes. */
const LAST = ["metaopenapi__SystemMessage", "pywa__system__phone_number_change"];

const orders = [
  { named: "in order", of: (list: readonly Example[]) => list },
  { named: "shuffled", of: (list: readonly Example[]) => shuffled(list, SEED) },
  {
    named: "shuffled and doubled",
    of: (list: readonly Example[]) => shuffled([...list, ...list], SEED + 1),
  },
];

const isThere = hasShared("fixtures/whatsapp") && hasShared("fixtures/telegram");
const closing: (() => Promise<void>)[] = [];
let node: SharedNode;

beforeAll(async () => {
  if (isThere) node = await sharedNode();
});
afterAll(async () => {
  for (const close of closing) await close();
});

/** Sorted, because neither ids nor names are the same in two orders. */
const sorted = (talks: readonly Talk[]): string[] =>
  talks.map(({ customer, agent, system }) => `${customer} ${agent} ${system}`).sort();

async function talksOf({ owner }: Company): Promise<Talk[]> {
  const { items } = await owner.call(api.listConversations, { query: { view: "all", limit: 100 } });
  return Promise.all(
    items.map(async ({ id }) => {
      const messages = await messagesOf(owner, id);
      const count = (author: api.Message["author"]) =>
        messages.filter((m) => m.author === author && m.detail?.reason === undefined).length;
      return { customer: count("customer"), agent: count("agent"), system: count("system") };
    }),
  );
}

/** Waits for what is expected, then sees that nothing more comes. */
async function expectTalks(company: Company, wanted: Readonly<Record<string, Talk>>): Promise<void> {
  const expected = sorted(Object.values(wanted));
  const total = (talks: readonly Talk[]) =>
    talks.reduce((sum, each) => sum + each.customer + each.agent + each.system, 0);
  const least = total(Object.values(wanted));
  await until("as many rows as counted", async () => total(await talksOf(company)) >= least, 20_000).catch(
    () => {},
  );
  await quiet(500);
  expect(sorted(await talksOf(company))).toEqual(expected);
}

describe.skipIf(!isThere)(isThere ? "WhatsApp" : "WhatsApp (skipped: ../shared is not there)", () => {
  test.each(orders)("$named", async ({ of }) => {
    const company = await newCompany(node);
    const { line, close } = await connectWhatsapp(node, company);
    closing.push(close);
    const examples = whatsappExamples(line.access.phoneNumberId);
    expect(examples).toHaveLength(75);
    const ordered = of(examples);
    const isLast = ({ name }: Example) => LAST.includes(name);
    for (const { name, raw } of [...ordered.filter((each) => !isLast(each)), ...ordered.filter(isLast)])
      expect([name, (await line.post(raw)).status]).toEqual([name, 200]);
    await expectTalks(company, WHATSAPP);
    const { items } = await company.owner.call(api.listParked);
    expect(new Set(items.map(({ excerpt }) => excerpt)).size).toBe(WHATSAPP_PARKED);
    // All of it is older than 24 hours: nothing may have left.
    expect(await (await fetch(`${line.simulator}/_sent`)).json()).toEqual([]);
    const { items: rows } = await company.owner.call(api.listConversations, { query: { view: "all" } });
    expect(rows.filter((row) => row.state === "bot" && row.unread > 0)).toEqual([]);
  });
});

describe.skipIf(!isThere)(isThere ? "Telegram" : "Telegram (skipped: ../shared is not there)", () => {
  test.each(orders)("$named", async ({ of }) => {
    const company = await newCompany(node);
    const token = `${randomInt(10 ** 9, 10 ** 10)}:${randomUUID().replaceAll("-", "")}`;
    const simulator = await startTelegram({ token, username: "own_bot" });
    closing.push(() => simulator.close());
    const line = await connectTelegram(node, company, { token, simulator: simulator.url });
    const examples = telegramExamples();
    expect(examples).toHaveLength(34);
    for (const { name, raw } of of(examples))
      expect([name, (await line.post(raw)).status]).toEqual([name, 200]);
    await expectTalks(company, TELEGRAM);
    expect((await company.owner.call(api.listParked)).items).toEqual([]);
  });
});
