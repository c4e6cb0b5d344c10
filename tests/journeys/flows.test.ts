import { createHmac } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as notices from "../../src/skills/notices/api.ts";
import { type SourceServer, startSourceServer } from "../../src/skills/notices/fixtures/source-server.ts";
import * as service from "../../src/skills/service/api.ts";
import { runCommand } from "../node.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A company writes a flow, takes it live, and its customers meet it by WhatsApp, with a service that answers and one that does not. */

let node: SharedNode;
let company: Company;
let line: WhatsappLine;
let shop: SourceServer;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  const connected = await connectWhatsapp(node, company);
  line = connected.line;
  shop = await startSourceServer();
  closing.push(connected.close, shop.close);
  shop.on("/orders/HK-20417", (_, response) =>
    response
      .writeHead(200, { "content-type": "application/json" })
      .end('{"state":"DELIVERED","parcel":{"where":"Nachbar"}}'),
  );
  shop.on("/orders/HK-20418", (_, response) => response.writeHead(404).end());
  // Takes the request and never says a word.
  shop.on("/orders/HK-20419", () => {});
  shop.on("/orders/HK-20420", (_, response) =>
    // A host of the node's own that sources may ask, services not.
    response
      .writeHead(302, { location: `${shop.origin.replace("127.0.0.1", "localhost")}/orders/HK-20417` })
      .end(),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

const flowText = (question: string) => `flow where_is_it
  title
    de: Wo ist meine Bestellung?
    en: Where is my order?
  start
    de: Sendung verfolgen
    en: Track my order

slot order: order like HK-20417

step begin
  ask order
    de: ${question}
    en: Which order number?
  call GET "${shop.origin}/orders/{order}"
    timeout 1 s
    retries 1
    read state as state
    read parcel.where as place
    on 404 -> unknown
    failed -> silent
  if state is delivered -> delivered
  -> person

step delivered
  say
    de: Bestellung {order} liegt bei: {place}.
    en: Order {order} was left with: {place}.
  -> end

step unknown
  say
    de: Eine Bestellung {order} gibt es nicht.
    en: There is no order {order}.
  forget order
  -> begin

step silent
  hand over
    de: Ich komme gerade nicht an die Bestellung.
    en: I cannot reach the order just now.
    summary: Bestellung {order}, der Dienst schwieg

example Liegt beim Nachbarn
  language de
  customer: Sendung verfolgen, HK-20417
  service: 200 {"state":"DELIVERED","parcel":{"where":"Nachbar"}}
  bot: liegt bei: Nachbar
  ends: done

example It is silent
  language en
  customer: Track my order
  customer: HK-20417
  service: nothing
  ends: person
`;

/** Says it, and waits for the words that come after those heard so far. */
async function talk(from: string, text: string, heard: number): Promise<string> {
  await line.say({ from, name: `P ${from}`, text });
  const sent = await line.answers(from, heard + 1);
  return sent.slice(heard).map(wordsOf).join("\n");
}

test("a draft is kept with its faults, refused while it has some, and goes live when it is sound", async () => {
  const broken = flowText("Welche Bestellnummer?").replace("  -> person\n", "");
  const made = await company.owner.call(service.createFlow, { body: { text: broken } });
  expect(made).toMatchObject({ name: "where_is_it", liveVersion: null, revision: 1 });
  const checked = await company.owner.call(service.checkFlow, { body: { text: broken, language: "de" } });
  expect(checked.faults.map(({ code }) => code)).toEqual(["deadEnd"]);
  expect(checked.faults[0]?.text).toContain("Der Schritt begin sagt nicht, wie es weitergeht");
  await expect(
    company.owner.call(service.publishFlow, { params: { id: made.id }, body: { revision: 1 } }),
  ).rejects.toThrow(/Zeile 11, Spalte 1: Der Schritt begin/);
  const text = flowText("Welche Bestellnummer?");
  const saved = await company.owner.call(service.saveFlow, {
    params: { id: made.id },
    body: { text, revision: 1 },
  });
  expect(saved.revision).toBe(2);
  await expect(
    company.owner.call(service.saveFlow, { params: { id: made.id }, body: { text, revision: 1 } }),
  ).rejects.toThrow(/409|conflict/);
  const sound = await company.owner.call(service.checkFlow, { body: { text, language: "en" } });
  expect(sound.faults).toEqual([]);
  expect(sound.formatted).toBe(text);
  expect(sound.examples.map(({ misses }) => misses)).toEqual([[], []]);
  expect(sound.drawing?.nodes.map(({ step }) => step)).toEqual(
    expect.arrayContaining(["begin", "delivered", "end", "person"]),
  );
  const published = await company.owner.call(service.publishFlow, {
    params: { id: made.id },
    body: { revision: 2 },
  });
  expect(published).toEqual({ version: 1 });
  const { items } = await company.owner.call(service.listFlows);
  expect(items).toMatchObject([
    { name: "where_is_it", liveVersion: 1, isChanged: false, faults: 0, examples: 2 },
  ]);
  expect(await company.owner.call(service.getFlow, { params: { id: made.id } })).toMatchObject({
    draft: text,
  });
});

test("is played in the page without a customer", async () => {
  const { beats, request } = await company.owner.call(service.playFlow, {
    body: {
      text: flowText("Nummer?"),
      language: "de",
      inputs: [{ kind: "customer", text: "HK-20417, wo ist sie?" }],
    },
  });
  expect(beats[0]).toMatchObject({
    standing: "calling",
    at: { step: "begin", at: 1 },
    values: { order: "HK-20417" },
  });
  expect(request?.url).toContain("/orders/{order}");
});

test("asks the service after the turn, and says what it answers", async () => {
  const from = newNumber();
  expect(await talk(from, "Sendung verfolgen", 0)).toBe("Welche Bestellnummer?");
  await line.say({ from, text: "20417" });
  const sent = await line.answers(from, 3);
  expect(sent.slice(1).map(wordsOf)).toEqual([
    "Einen Moment, ich sehe nach.",
    "Bestellung HK-20417 liegt bei: Nachbar.",
  ]);
  const asked = shop.requests.filter(({ path }) => path === "/orders/HK-20417");
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers["idempotency-key"]).toMatch(/\.begin\.1$/);
  // The service recognises the node by the key that only the owner can read.
  const { key } = await company.owner.call(service.flowSigningKey);
  const [, seconds = "", signed] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(asked[0]?.headers["x-augenhoehe-signature"])) ?? [];
  const url = `${shop.origin}/orders/HK-20417`;
  expect(signed).toBe(createHmac("sha256", key).update(`${seconds}.GET.${url}.`).digest("hex"));
  // The flow is over: the same words begin it anew.
  expect(await talk(from, "Sendung verfolgen", 3)).toBe("Welche Bestellnummer?");
});

test("what the service does not know is asked again; when it is silent or leads astray, a person has the case", async () => {
  const lost = newNumber();
  await line.say({ from: lost, text: "Sendung verfolgen" });
  await line.answers(lost, 1);
  await line.say({ from: lost, text: "HK-20418" });
  const words = (await line.answers(lost, 3)).map(wordsOf);
  expect(words[2]).toContain("Eine Bestellung HK-20418 gibt es nicht.");
  expect(words[2]).toContain("Welche Bestellnummer?");
  for (const number of ["HK-20419", "HK-20420"]) {
    const from = newNumber();
    await line.say({ from, name: `Still ${from}`, text: "Sendung verfolgen" });
    await line.answers(from, 1);
    await line.say({ from, text: number });
    if (number === "HK-20419") {
      await line.answers(from, 2);
      expect(await talk(from, "und?", 2)).toBe("Ich sehe noch nach. Die Antwort kommt gleich.");
    }
    const said = await until(
      "the fallback",
      async () => {
        const all = (await line.sentTo(from)).map(wordsOf);
        return all.some((one) => one.includes("Ich komme gerade nicht an die Bestellung.")) && all;
      },
      20_000,
    );
    expect(said.at(-1)).toMatch(/antwortet Ihnen/);
    const { items } = await company.owner.call(api.listConversations, {
      query: { view: "open", limit: 50 },
    });
    const mine = items.find(({ contact }) => contact.name === `Still ${from}`);
    expect(mine?.handOver?.summary).toContain(`Bestellung ${number}, der Dienst schwieg`);
  }
  // The one that is silent was asked twice, the one that leads astray is not followed.
  expect(shop.requests.filter(({ path }) => path === "/orders/HK-20419")).toHaveLength(2);
}, 60_000);

test("a conversation in the middle of a version ends in it; an older version comes back", async () => {
  const { items } = await company.owner.call(service.listFlows);
  const id = items[0]?.id ?? 0;
  const early = newNumber();
  expect(await talk(early, "Sendung verfolgen", 0)).toBe("Welche Bestellnummer?");
  const { revision } = await company.owner.call(service.saveFlow, {
    params: { id },
    body: {
      text: flowText("Nennen Sie Ihre Nummer.").replace("liegt bei: {place}", "ist bei: {place}"),
      revision: 2,
    },
  });
  await expect(
    company.owner.call(service.publishFlow, { params: { id }, body: { revision } }),
  ).rejects.toThrow(/Liegt beim Nachbarn/);
  const text = flowText("Nennen Sie Ihre Nummer.").replaceAll("liegt bei:", "ist jetzt bei:");
  const saved = await company.owner.call(service.saveFlow, { params: { id }, body: { text, revision } });
  expect(
    await company.owner.call(service.publishFlow, { params: { id }, body: { revision: saved.revision } }),
  ).toEqual({ version: 2 });
  const late = newNumber();
  await until(
    "version 2 answers",
    async () => (await talk(newNumber(), "Sendung verfolgen", 0)) === "Nennen Sie Ihre Nummer.",
  );
  expect(await talk(late, "Sendung verfolgen", 0)).toBe("Nennen Sie Ihre Nummer.");
  for (const [from, end] of [
    [early, "liegt bei: Nachbar"],
    [late, "ist jetzt bei: Nachbar"],
  ] as const) {
    await line.say({ from, text: "HK-20417" });
    expect(wordsOf((await line.answers(from, 3))[2] as never)).toContain(end);
  }
  const back = await company.owner.call(service.setLiveFlow, { params: { id }, body: { version: 1 } });
  expect(back.liveVersion).toBe(1);
  await until(
    "version 1 answers",
    async () => (await talk(newNumber(), "Sendung verfolgen", 0)) === "Welche Bestellnummer?",
  );
  const versions = await company.owner.call(service.listFlowVersions, { params: { id } });
  expect(versions.items.map(({ version, isLive }) => [version, isLive])).toEqual([
    [2, false],
    [1, true],
  ]);
});

test("`flow test` plays the examples of a company and of a file, and says by its exit code how they went", async () => {
  const passed = await runCommand(["flow", "test", "--data", node.dataDir, "--tenant", String(company.id)]);
  expect([passed.code, passed.stderr]).toEqual([0, ""]);
  expect(passed.stdout).toContain("where_is_it");
  const file = join(tmpdir(), `flow-${process.pid}-${company.id}.flow`);
  await writeFile(file, flowText("Welche?").replace("bot: liegt bei: Nachbar", "bot: liegt im Laden"));
  const failed = await runCommand(["flow", "test", file]);
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain("bot: liegt im Laden");
  await writeFile(file, "flow x\nstep a\n  say\n");
  const broken = await runCommand(["flow", "test", file]);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/Line \d+, column \d+:/);
  const missing = await runCommand(["flow", "test", `${file}.not`]);
  expect(missing.code).toBe(2);
});

test("is taken off before it is removed", async () => {
  const { items } = await company.owner.call(service.listFlows);
  const id = items[0]?.id ?? 0;
  await expect(company.owner.call(service.deleteFlow, { params: { id } })).rejects.toThrow(/live/);
  await company.owner.call(service.setLiveFlow, { params: { id }, body: { version: null } });
  await company.owner.call(service.deleteFlow, { params: { id } });
  expect((await company.owner.call(service.listFlows)).items).toEqual([]);
});

test("its last button is what the customer says next, to another skill", async () => {
  await company.owner.call(notices.createNoticeTopic, {
    body: {
      slug: "neues",
      title: { de: "Neues", en: "News" },
      description: { de: "Was es gibt.", en: "What there is." },
      kind: "service",
      parameters: [],
      isPublic: true,
      isUrgent: false,
    },
  });
  const text = `flow stay
  title
    de: Bleiben
    en: Stay
  start
    de: Was gibt es sonst
    en: What else is there

step begin
  offer
    de: Möchten Sie hören, was es Neues gibt?
    en: Would you like to hear what is new?
    words
      de: Neues abonnieren
      en: Subscribe to News
`;
  const { id, revision } = await company.owner.call(service.createFlow, { body: { text } });
  await company.owner.call(service.publishFlow, { params: { id }, body: { revision } });
  const from = newNumber();
  const title = "Neues abonnieren";
  await until("the flow is live", async () =>
    (await talk(newNumber(), "Was gibt es sonst", 0)).startsWith("Möchten Sie"),
  );
  expect(await talk(from, "Was gibt es sonst", 0)).toBe("Möchten Sie hören, was es Neues gibt?");
  const tap = {
    type: "interactive",
    interactive: { type: "button_reply", button_reply: { id: `say:${title}`, title } },
  };
  await line.say({ from, message: tap });
  const [, asked] = await line.answers(from, 2);
  expect(wordsOf(asked as never)).toMatch(/Neues.*(?:einverstanden|Stimmt|Ja)/s);
  await line.say({ from, text: "ja" });
  await line.answers(from, 3);
  await until("the yes is a subscription", async () => {
    const { items } = await company.owner.call(notices.listNoticeTopics);
    return items.find(({ slug }) => slug === "neues")?.subscribers === 1;
  });
});
