import { createHmac, randomInt, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import { ringSipgate } from "../../src/simulator/sipgate.ts";
import * as telephone from "../../src/skills/telephone/api.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type Company, connectWhatsapp, newCompany, query } from "../outside/company.ts";
import { conversationOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A week at the telephone: missed calls, lists, call-backs by message, calls that are logged; over HTTP, as in the field. */

let node: SharedNode;
let company: Company;
let owner: ApiClient;
let colleague: ApiClient;
let line: WhatsappLine;
let close: () => Promise<void>;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  owner = company.owner;
  const { secret } = await owner.call(api.createApiKey, { body: { name: "Kollegin", role: "agent" } });
  colleague = new ApiClient(owner.base, { "x-api-key": secret });
  // Somebody is always there, whatever day and hour this runs at.
  const allDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: "00:00", to: "24:00" }));
  await owner.call(api.updateCompany, { body: { openingHours: allDay, holidayRegion: "" } });
  ({ line, close } = await connectWhatsapp(node, company));
});
afterAll(() => close?.());

/** A number that nobody wrote from. */
const stranger = () =>
  `+49170${randomInt(10 ** 7)
    .toString()
    .padStart(7, "0")}`;
const latest = async (to: string, count: number) => wordsOf((await line.answers(to, count)).at(-1) as never);
const missedOf = async (phone: string, state: "open" | "done" = "open") =>
  (await owner.call(telephone.listMissedCalls, { query: { state } })).items.find(
    (one) => one.phone === phone,
  );
const callsIn = async (id: number) =>
  (await owner.call(api.listMessages, { params: { id } })).items.filter(
    ({ detail }) => detail?.event === "telephone_call",
  );

const nameOf = (from: string) => `Käthe ${from.slice(-5)}`;

/** Writes by WhatsApp, so that the house knows the number. @returns the conversation */
async function known(from: string): Promise<number> {
  await line.say({ from, name: nameOf(from), text: "Guten Tag, ich möchte mit einem Menschen sprechen" });
  return (await conversationOf(owner, nameOf(from))).id;
}

test("sipgate tells: missed calls collapse, a conversation settles them, nobody is written to", async () => {
  const connected = await owner.call(telephone.createTelephoneLine, {
    body: { kind: "sipgate", name: "Zentrale" },
  });
  const hook = new URL(connected.address ?? "", owner.base).href;
  expect(hook).toMatch(/\/api\/v1\/telephone-hooks\/\d+-\d+-[\w-]{32}$/);
  const urls = { in: hook, out: hook };
  const from = newNumber();
  const id = await known(from);
  await line.answers(from, 1);
  const written = (await line.sentTo(from)).length;
  const to = "494066969140";

  const first = await ringSipgate(urls, { from, to, direction: "in" });
  expect(first.reply.type).toContain("application/xml");
  expect(first.reply.text).toContain(`onHangup="`);
  await first.hangup("cancel");
  await first.hangup("cancel");
  await until("the first is missed", async () => (await missedOf(`+${from}`))?.times === 1);
  const second = await ringSipgate(urls, { from, to, direction: "in" });
  await second.answer("voicemail", "voicemail");
  await second.hangup("normalClearing", "voicemail");
  const open = await until("both are one", async () => {
    const found = await missedOf(`+${from}`);
    return found?.times === 2 && found;
  });
  expect(open).toMatchObject({ conversationId: id, hasVoicemail: true, contact: { name: nameOf(from) } });
  expect(
    (await callsIn(id)).map(({ author, detail }) => [
      author,
      (detail as { call: { outcome: string } }).call.outcome,
    ]),
  ).toEqual([
    ["system", "missed"],
    ["system", "voicemail"],
  ]);

  const third = await ringSipgate(urls, { from: to, to: from, direction: "out" });
  await third.answer("Alice", to);
  await third.hangup("normalClearing", to);
  await until("the case is settled", async () => (await missedOf(`+${from}`, "done"))?.doneHow === "called");
  expect(await missedOf(`+${from}`)).toBeUndefined();

  const nobody = stranger();
  const fourth = await ringSipgate(urls, { from: nobody.slice(1), to, direction: "in" });
  await fourth.hangup("noAnswer");
  const hidden = await ringSipgate(urls, { from: "anonymous", to, direction: "in" });
  await hidden.hangup("busy");
  const unknown = await until("an unknown number", () => missedOf(nobody));
  expect(unknown.contact).toBeNull();
  const params = { id: unknown.id };
  await colleague.call(telephone.takeMissedCall, { params, body: { isMine: true } });
  const refused = await owner.refused(telephone.takeMissedCall, { params, body: { isMine: true } });
  expect(refused.code).toBe("conflict");
  await colleague.call(telephone.dismissMissedCall, { params, body: { isDismissed: true } });
  expect((await missedOf(nobody, "done"))?.doneHow).toBe("dismissed");
  await colleague.call(telephone.dismissMissedCall, { params, body: { isDismissed: false } });
  expect(await missedOf(nobody)).toMatchObject({ state: "open", times: 1 });
  await until("a suppressed one is counted", async () => {
    const { suppressed } = await owner.call(telephone.listMissedCalls);
    return suppressed === 1;
  });
  // A forwarded call goes on as another one.
  const forwarded = await ringSipgate(urls, { from: stranger().slice(1), to, direction: "in" });
  await forwarded.hangup("forwarded");
  const rows = await query(
    node,
    "select count(*)::int as n from telephone.call where tenant_id = $1 and phone = ''",
    [company.id],
  );
  expect(rows).toEqual([{ n: 0 }]);
  expect((await line.sentTo(from)).length).toBe(written);
});

test("the secret address is the only way in, and a signature where one is asked for", async () => {
  const made = await owner.call(telephone.createTelephoneLine, {
    body: { kind: "generic", name: "Eigene", isSigned: true },
  });
  const hook = new URL(made.address ?? "", owner.base).href;
  const post = (url: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  const phone = stranger();
  const body = JSON.stringify({
    event: "ended",
    result: "missed",
    callId: randomUUID(),
    direction: "in",
    from: phone,
    to: "1",
  });
  expect((await post(`${hook.slice(0, -4)}aaaa`, body)).status).toBe(404);
  const strange = { params: { key: `1-1-${"a".repeat(32)}` }, body: JSON.parse(body) };
  expect((await owner.refused(telephone.tellOfCall, strange)).code).toBe("not_found");
  expect((await post(hook, body)).status).toBe(401);
  const signed = {
    "x-signature": createHmac("sha256", made.signatureKey ?? "")
      .update(body)
      .digest("hex"),
  };
  expect((await post(hook, `${body} `, signed)).status).toBe(401);
  expect((await post(hook, "x".repeat(20_000), signed)).status).toBe(413);
  expect((await post(hook, body, signed)).status).toBe(200);
  expect((await post(hook, body, signed)).status).toBe(200);
  await until("it counts once", async () => (await missedOf(phone))?.times === 1);
  const seen = await colleague.call(telephone.getTelephone);
  expect(seen.lines.find(({ id }) => id === made.id)).toMatchObject({
    address: null,
    signatureKey: null,
    fault: "",
  });
  await owner.call(telephone.renewTelephoneLine, { params: { id: made.id } });
  expect((await post(hook, body, signed)).status).toBe(404);
  await owner.call(telephone.deleteTelephoneLine, { params: { id: made.id } });
});

test("a FRITZ!Box's list is taken once, however often it is brought, and what cannot be read is named", async () => {
  const [from, nobody] = [newNumber(), stranger()];
  const id = await known(from);
  const at = (minutesAgo: number) => {
    const parts = new Intl.DateTimeFormat("de-DE", {
      timeZone: "Europe/Berlin",
      day: "2-digit",
      month: "2-digit",
      year: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    }).format(Date.now() - minutesAgo * 60_000);
    return parts.replace(",", "");
  };
  const text = [
    "sep=;",
    "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer",
    `2;${at(90)};Müller;0${from.slice(2)};;97911585;0:00`,
    `2;${at(100)};;0${nobody.slice(3)};;97911585;0:00`,
    `2;${at(110)};;0${nobody.slice(3)};;97911585;0:00`,
    `1;${at(120)};;${stranger().replace("+49", "0")};Büro;97911585;0:05`,
    `2;${at(130)};;;;97911585;0:00`,
    "2;kaputt;;040123456;;97911585;0:00",
    "",
  ].join("\r\n");
  const file = Buffer.from(text, "latin1").toString("base64");
  const preview = await colleague.call(telephone.previewCallList, { body: { file } });
  expect(preview).toMatchObject({ kind: "fritzbox", isReadable: true, lines: 6 });
  const take = async () => {
    const { id: importId } = await colleague.call(telephone.importCallList, {
      body: { file, name: "liste.csv" },
    });
    return until("the list is taken", async () => {
      const { imports } = await owner.call(telephone.getTelephone);
      return imports.find((one) => one.id === importId && one.state === "done");
    });
  };
  const first = await take();
  expect(first.counts).toEqual({
    kept: 3,
    missed: 3,
    repeated: 0,
    suppressed: 1,
    unknown: 1,
    old: 0,
    unreadable: 1,
  });
  expect(first.faults).toEqual([{ line: 8, reason: "time" }]);
  expect((await missedOf(nobody))?.times).toBe(2);
  expect(await callsIn(id)).toHaveLength(1);
  const second = await take();
  expect(second.counts).toMatchObject({ kept: 0, missed: 0, repeated: 3 });
  expect((await missedOf(nobody))?.times).toBe(2);
  expect(await callsIn(id)).toHaveLength(1);

  const refused = await owner.refused(telephone.importCallList, {
    body: { file: Buffer.from("Name;Ort\nA;B\n").toString("base64") },
  });
  expect(refused.errors?.[0]?.path).toBe("mapping");
  const long = [text.split("\r\n").slice(0, 2), Array(50_001).fill(`2;${at(90)};;040123456;;1;0:00`)]
    .flat()
    .join("\n");
  const tooLong = await owner.refused(telephone.importCallList, {
    body: { file: Buffer.from(long).toString("base64") },
  });
  expect(tooLong.errors?.[0]?.message).toContain("50001 lines");
});

test("a call-back by message: the known number, a span, one who calls, tries, another time, taken back", async () => {
  await owner.call(telephone.putTelephoneSettings, {
    body: { countryCode: "49", areaCode: "40", triesUntilTold: 2 },
  });
  const from = newNumber();
  await line.say({ from, text: "Bitte rufen Sie mich an" });
  expect(await latest(from, 1)).toContain(`+49 … ${from.slice(-4)}`);
  await line.say({ from, text: "Ja" });
  expect(await latest(from, 2)).toContain("Wann passt");
  await line.say({ from, text: "morgen zwischen 10 und 12 Uhr" });
  expect(await latest(from, 3)).toMatch(
    /morgen zwischen 10:00 und 12:00 Uhr unter \+49 … \d{4} an. Stimmt das/,
  );
  await line.say({ from, text: "Ja" });
  expect(await latest(from, 4)).toContain("Versprochen");
  const mine = async () =>
    (await owner.call(api.listCallbacks)).items.find(({ phone }) => phone === `+${from}`);
  const promise = await until("it is promised", mine);
  expect(Date.parse(promise.until ?? "") - Date.parse(promise.promisedAt)).toBe(2 * 3_600_000);
  const { id: callbackId, conversationId } = promise;
  const params = { id: callbackId };

  await line.say({ from, text: "Bitte rufen Sie mich an" });
  expect(await latest(from, 5)).toContain("Ihr Rückruf steht");
  expect(
    (await owner.call(api.listCallbacks)).items.filter(({ phone }) => phone === `+${from}`),
  ).toHaveLength(1);

  await owner.call(api.takeCallback, { params, body: { isMine: true } });
  expect((await colleague.refused(api.takeCallback, { params, body: { isMine: true } })).code).toBe(
    "conflict",
  );
  const tried = { direction: "out" as const, outcome: "not_reached" as const, callbackId, conversationId };
  const one = await owner.call(telephone.logCall, { body: { ...tried, clientId: randomUUID() } });
  expect(one.told).toBeNull();
  expect(await mine()).toMatchObject({ tries: 1, takenBy: null });
  const clientId = randomUUID();
  const two = await owner.call(telephone.logCall, { body: { ...tried, clientId } });
  expect(two.told).toBe("sent");
  expect((await owner.call(telephone.logCall, { body: { ...tried, clientId } })).call.id).toBe(two.call.id);
  expect(await latest(from, 6)).toContain("Sie nicht erreicht");
  expect(await mine()).toMatchObject({ tries: 2, toldAt: expect.any(String) });

  await line.say({ from, text: "Rufen Sie bitte lieber übermorgen um 11 Uhr an" });
  expect(await latest(from, 7)).toContain("Verschoben");
  await until("it is moved", async () => (await mine())?.until === null);
  await line.say({ from, text: "Den Rückruf bitte absagen" });
  expect(await latest(from, 8)).toContain("abgesagt");
  await until("it is withdrawn", async () => (await mine()) === undefined);
  const done = (await owner.call(api.listCallbacks, { query: { state: "done" } })).items;
  expect(done.find(({ id }) => id === callbackId)).toMatchObject({ isWithdrawn: true, state: "done" });
});

test("a call is logged from anywhere, changed and taken back by its author, and leaves with its person", async () => {
  const phone = stranger();
  const body = { clientId: randomUUID(), direction: "in" as const, outcome: "reached" as const };
  expect((await owner.refused(telephone.logCall, { body })).errors?.[0]?.path).toBe("phone");
  const made = await owner.call(telephone.logCall, {
    body: {
      ...body,
      phone: phone.replace("+49", "0"),
      name: "Frau Ohlsen",
      note: "Fragt nach dem Deckel.",
      seconds: 120,
      settle: "closed",
    },
  });
  const { id, conversationId, contactId } = made.call;
  if (conversationId === null || contactId === null) throw new Error("It stands nowhere");
  const talk = { params: { id: conversationId } };
  expect(await owner.call(api.getConversation, talk)).toMatchObject({
    state: "closed",
    channel: { kind: "phone" },
    contact: { name: "Frau Ohlsen" },
    preview: "Fragt nach dem Deckel.",
  });
  const refused = await owner.refused(api.sendMessage, {
    ...talk,
    body: { clientId: randomUUID(), text: "Hallo" },
  });
  expect(refused.code).toBe("not_allowed_to_contact");

  expect((await colleague.refused(telephone.changeCall, { params: { id }, body: { note: "x" } })).code).toBe(
    "forbidden",
  );
  await owner.call(telephone.changeCall, { params: { id }, body: { note: "Deckel ist bestellt." } });
  expect((await callsIn(conversationId))[0]).toMatchObject({
    text: "Deckel ist bestellt.",
    edited: true,
    note: true,
  });
  await owner.call(telephone.undoCall, { params: { id } });
  expect(await owner.call(api.getConversation, talk)).toMatchObject({ state: "person" });
  expect((await callsIn(conversationId))[0]).toMatchObject({ text: "", revoked: true });

  const again = await owner.call(telephone.logCall, {
    body: {
      ...body,
      clientId: randomUUID(),
      phone,
      outcome: "promised",
      note: "Meldet sich.",
      promise: { promisedAt: new Date(Date.now() + 3_600_000).toISOString() },
    },
  });
  expect(again.call).toMatchObject({ conversationId, contactId });
  expect((await owner.call(api.listCallbacks)).items.find((one) => one.phone === phone)).toBeDefined();
  const calls = await owner.call(telephone.listCalls, { params: { id: contactId } });
  expect(calls.items.map(({ isUndone }) => isUndone)).toEqual([false, true]);

  const held = await owner.call(api.exportContact, { params: { id: contactId } });
  expect(JSON.stringify(held)).toContain("Meldet sich.");
  await owner.call(api.eraseContact, { params: { id: contactId }, body: { confirm: true } });
  const rows = await query(
    node,
    "select count(*)::int as n from telephone.call where tenant_id = $1 and (contact_id = $2 or phone = $3)",
    [company.id, contactId, phone],
  );
  expect(rows).toEqual([{ n: 0 }]);
});
