import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as service from "../../src/skills/service/api.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { conversationOf, messagesWhen, originOf, ownerOf, signedIn } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { Visitor } from "../outside/visitor.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** The owner makes a company ready: settings, staff, keys, channels, and what it answers. */

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let node: SharedNode;
let company: Company;
let line: WhatsappLine;
let close: () => Promise<void>;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  ({ line, close } = await connectWhatsapp(node, company));
});
afterAll(() => close?.());

const upload = (name: string, bytes: Buffer, type: string) =>
  fetch(`${originOf(node.report)}/api/v1/files?name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { ...company.owner.headers, "content-type": type },
    body: new Uint8Array(bytes),
  });

describe("the company", () => {
  test("is set up, and wrong settings are named", async () => {
    const before = await company.owner.call(api.getCompany);
    expect(before).toMatchObject({ id: company.id, name: company.name, timeZone: "Europe/Berlin" });
    const changed = await company.owner.call(api.updateCompany, {
      body: {
        formOfAddress: "du",
        holidayRegion: "DE-HH",
        openingHours: [{ weekday: 1, from: "08:00", to: "18:00" }],
        closedDays: ["2026-12-24"],
        answerMinutes: 45,
        greeting: { de: "Moin!", en: "Hello!" },
        legal: { imprint: "https://shop.example/impressum", privacy: "" },
      },
    });
    expect(changed).toMatchObject({
      ...before,
      formOfAddress: "du",
      answerMinutes: 45,
      closedDays: ["2026-12-24"],
      greeting: { de: "Moin!" },
      openingHours: [{ weekday: 1 }],
      holidayRegion: "DE-HH",
      legal: { imprint: "https://shop.example/impressum" },
    });
    for (const body of [
      { timeZone: "Mars/Olympus" },
      { openingHours: [{ weekday: 8, from: "08:00", to: "18:00" }] },
      { openingHours: [{ weekday: 1, from: "08:00", to: "08:00" }] },
      { accent: "red" },
      { closedDays: ["2026-02-30"] },
      { name: "  " },
    ]) {
      const refused = await company.owner.refused(api.updateCompany, { body });
      expect([JSON.stringify(body), refused.status]).toEqual([JSON.stringify(body), 400]);
      expect(refused.errors?.[0]?.path).toContain(Object.keys(body)[0]);
    }
  });

  test("has a logo that cannot run", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><rect width="9" height="9"/></svg>';
    const reply = await company.owner.send(api.updateCompany, { body: { logo: svg } });
    if (reply.status === 200) {
      const { logo } = await company.owner.call(api.getCompany);
      expect(logo).not.toMatch(/script|onload/);
    } else expect(reply.status).toBe(400);
  });

  test("has staff, departments and keys, each revoked at once", async () => {
    const person = {
      name: "Lena Lotse",
      email: `${randomUUID().slice(0, 8)}@example.com`,
      role: "manager" as const,
    };
    const { member, oneTimePassword } = await company.owner.call(api.createStaff, { body: person });
    let lena = await signedIn(originOf(node.report), {
      email: person.email,
      password: oneTimePassword ?? "",
    });
    expect(await lena.call(api.me)).toMatchObject({
      user: { id: member.id, name: "Lena Lotse" },
      role: "manager",
    });
    expect((await lena.call(api.listStaff)).items.map((each) => each.id)).toContain(member.id);
    const again = await company.owner.refused(api.createStaff, { body: person });
    expect([400, 409, 422]).toContain(again.status);
    const department = await lena.call(api.createDepartment, { body: { name: "Einkauf" } });
    await company.owner.call(api.updateStaff, {
      params: { id: member.id },
      body: { departmentId: department.id },
    });
    expect((await lena.call(api.listDepartments)).items).toContainEqual(department);
    await lena.call(api.deleteDepartment, { params: { id: department.id } });
    const staff = (await lena.call(api.listStaff)).items.find((each) => each.id === member.id);
    expect(staff?.departmentId).toBeNull();

    // Who forgot the password gets a new one; open sessions end.
    const renewed = await company.owner.call(api.renewPassword, { params: { id: member.id } });
    await until("the old session has ended", async () => (await lena.send(api.me)).status === 401);
    lena = await signedIn(originOf(node.report), { email: person.email, password: renewed.oneTimePassword });

    const { key, secret } = await lena.call(api.createApiKey, { body: { name: "Shop", role: "agent" } });
    const shop = company.owner.with({ "x-api-key": secret });
    await shop.call(api.me);
    const listed = await lena.call(api.listApiKeys);
    expect(JSON.stringify(listed)).not.toContain(secret);
    expect(listed.items.find((each) => each.id === key.id)).toMatchObject({ name: "Shop", role: "agent" });
    await lena.call(api.deleteApiKey, { params: { id: key.id } });
    await until("the key is out", async () => (await shop.send(api.me)).status === 401);
    const higher = await lena.refused(api.createApiKey, { body: { name: "x", role: "owner" } });
    expect(higher.status).toBe(403);
  });
});

describe("channels", () => {
  test("are listed with what the provider needs, checked, and switched off", async () => {
    const { items } = await company.owner.call(api.listChannels);
    const whatsapp = items.find((each) => each.kind === "whatsapp");
    expect(whatsapp).toMatchObject({ active: true, webhook: line.access.webhook, snippet: null });
    expect(JSON.stringify(items)).not.toContain(line.access.appSecret);
    const params = { id: whatsapp?.id ?? 0 };
    expect(await company.owner.call(api.checkChannel, { params })).toMatchObject({ ok: true });
    const doubled = await company.owner.refused(api.createChannel, {
      body: {
        kind: "whatsapp",
        name: "x",
        phoneNumberId: line.access.phoneNumberId,
        displayPhone: "",
        token: "t",
        appSecret: "s",
      },
    });
    expect(doubled.status).toBe(409);
    await company.owner.call(api.updateChannel, { params, body: { active: false } });
    const off = await until("off", async () => {
      const found = (await company.owner.call(api.listChannels)).items.find((each) => each.id === params.id);
      return found?.active === false && found;
    });
    expect(off.active).toBe(false);
    await company.owner.call(api.updateChannel, { params, body: { active: true } });
  });
});

const topic = (intent: string, more: Partial<service.Topic> = {}) => ({
  intent,
  title: { de: "Fahrradreifen", en: "Bicycle tyres" },
  answers: [
    {
      language: "de" as const,
      text: "Reifen flicken wir montags.",
      link: "https://shop.example/reifen",
      fileId: null,
      options: [{ title: "Preise", intent: null }],
    },
    { language: "en" as const, text: "We mend tyres on Mondays.", link: null, fileId: null, options: [] },
  ],
  examples: ["Flicken Sie Reifen?", "Mein Reifen ist platt", "Reifen kaputt", "Fahrradreifen reparieren"].map(
    (text) => ({ language: "de" as const, text }),
  ),
  flow: "",
  mostAsked: true,
  ...more,
});

describe("knowledge", () => {
  test("is written, tried, and answers a minute later, with picture and buttons", async () => {
    const uploaded = await upload("reifen.png", PNG, "image/png");
    expect(uploaded.status).toBe(201);
    const { fileId } = (await uploaded.json()) as { fileId: string };
    const made = await company.owner.call(service.createTopic, { body: topic("tyres") });
    const second = await company.owner.call(service.createTopic, {
      body: topic("lamps", {
        title: { de: "Lampen", en: "Lamps" },
        examples: ["Haben Sie Lampen?", "Licht fürs Rad", "Fahrradlampe kaputt", "Rücklicht kaufen"].map(
          (text) => ({
            language: "de" as const,
            text,
          }),
        ),
        mostAsked: false,
      }),
    });
    const answers = made.answers.map((answer) => (answer.language === "de" ? { ...answer, fileId } : answer));
    const { id, ...body } = made;
    const saved = await company.owner.call(service.replaceTopic, {
      params: { id },
      body: { ...body, answers },
    });
    expect(saved.answers.find((answer) => answer.language === "de")?.fileId).toBe(fileId);
    expect((await company.owner.call(service.getTopic, { params: { id } })).examples).toHaveLength(4);
    expect((await company.owner.refused(service.createTopic, { body: topic("tyres") })).status).toBe(409);
    expect((await company.owner.refused(service.createTopic, { body: topic("a b") })).status).toBe(400);
    await until(
      "it is learnt",
      async () => {
        const tried = await company.owner.call(service.tryQuestion, {
          body: { text: "Mein Reifen ist platt" },
        });
        return tried.zone === "answer" && tried.text.includes("montags");
      },
      30_000,
    );
    const [from, name] = [newNumber(), `Rad ${randomUUID().slice(0, 8)}`];
    await line.say({ from, name, text: "Mein Reifen ist platt" });
    const [sent] = await line.answers(from);
    expect(wordsOf(sent as never)).toContain("montags");
    expect(JSON.stringify(sent?.body)).toContain("image");
    const { items } = await company.owner.call(service.listTopics);
    expect(items.map((each) => each.intent).sort()).toEqual(["lamps", "tyres"]);
    const [stranger, strange] = [newNumber(), `Fremd ${randomUUID().slice(0, 8)}`];
    await line.say({ from: stranger, name: strange, text: "Qwertz asdfgh yxcvbn?" });
    const unanswered = await until("the question nobody taught", async () => {
      const page = await company.owner.call(service.listUnanswered);
      return page.items.find((each) => each.question === "Qwertz asdfgh yxcvbn?");
    });
    expect(unanswered.conversationId).toBe((await conversationOf(company.owner, strange)).id);
    await company.owner.call(service.deleteTopic, { params: { id: second.id } });
    expect((await company.owner.refused(service.getTopic, { params: { id: second.id } })).status).toBe(404);
  }, 60_000);

  test("comes in and goes out as CSV, with every faulty line named", async () => {
    const imported = await company.owner.call(service.importKnowledge, {
      body: {
        language: "de",
        examples:
          'text,intent\n"Wo, bitte, ist der Laden?",shop\n,empty_text\nzu wenig\nWo finde ich Sie?,shop\n',
        answers: 'intent,lang,answer\nshop,de,"Am Hafen 1.\nMontag zu."\n',
      },
    });
    expect(imported).toMatchObject({ topics: 1, examples: 2, answers: 1, placeholders: 0 });
    expect(imported.skipped.map((each) => each.line)).toEqual([3, 4]);
    const { examples, answers } = await company.owner.call(service.exportKnowledge);
    expect(examples).toContain('"Wo, bitte, ist der Laden?",shop');
    expect(answers).toContain("Am Hafen 1.");
    const wrong = await company.owner.call(service.importKnowledge, {
      body: { language: "de", examples: "no,header,here\n1,2,3\n" },
    });
    expect(wrong).toMatchObject({ topics: 0, examples: 0, skipped: [{ line: 1 }] });
  });

  test("of another company is another's", async () => {
    const other = ownerOf(node.report);
    const { items } = await company.owner.call(service.listTopics);
    const params = { id: items[0]?.id ?? 0 };
    expect((await other.refused(service.getTopic, { params })).status).toBe(404);
    expect((await other.refused(service.deleteTopic, { params })).status).toBe(404);
  });
});

describe("a file from the desk", () => {
  test("reaches the customer by WhatsApp and in the chat; a page is refused", async () => {
    const [from, name] = [newNumber(), `Datei ${randomUUID().slice(0, 8)}`];
    await line.say({ from, name, text: "Ich möchte mit einem Menschen sprechen" });
    const { id } = await conversationOf(company.owner, name);
    const before = (await line.answers(from)).length;
    const { fileId } = (await (await upload("plan.png", PNG, "image/png")).json()) as { fileId: string };
    const message = await company.owner.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Der Plan", fileId },
    });
    expect(message).toMatchObject({ type: "image", media: { fileId, mime: "image/png" } });
    const sent = (await line.answers(from, before + 1)).at(-1);
    expect(sent?.body).toMatchObject({ type: "image", image: { caption: "Der Plan" } });
    await messagesWhen(company.owner, id, {
      named: "read",
      holds: (each) => each.some((m) => m.id === message.id && m.status === "read"),
    });
    const page = await upload("plan.png", Buffer.from("<!doctype html><p>x"), "image/png");
    expect(page.status).toBe(415);

    const channel = await company.owner.call(api.createChannel, {
      body: { kind: "web", name: "Shop", origins: [] },
    });
    const visitor = new Visitor(originOf(node.report), channel.address);
    const guest = `Gast ${randomUUID().slice(0, 8)}`;
    await visitor.say("Ich möchte mit einem Menschen sprechen", { name: guest });
    const web = await conversationOf(company.owner, guest);
    await company.owner.call(api.sendMessage, {
      params: { id: web.id },
      body: { clientId: randomUUID(), fileId },
    });
    const shown = await until("in the chat", async () =>
      (await visitor.history()).items.find((m) => m.media?.url),
    );
    const url = shown.media?.url ?? "";
    expect((await fetch(url.startsWith("/") ? originOf(node.report) + url : url)).status).toBe(200);
  });
});
