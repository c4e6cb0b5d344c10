import { beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as notices from "../../src/skills/notices/api.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** Notices as a company's own program and its customers use them, over HTTP, with a simulated WhatsApp. */

let node: SharedNode;
let company: Company;
let visitor: ApiClient;
let slug = "";

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  visitor = new ApiClient(originOf(node.report), {});
  slug = (await company.owner.call(api.getCompany)).slug;
});

const both = (text: string) => ({ de: text, en: text });
const LINES = {
  slug: "lines",
  title: { de: "Störungen", en: "Disruptions" },
  description: both("U-Bahn"),
  kind: "service" as const,
  parameters: [
    {
      key: "line",
      kind: "line" as const,
      label: { de: "Linie", en: "Line" },
      values: ["U1", "U3"].map((value) => ({ value, label: both(value) })),
      required: false,
    },
  ],
  isPublic: true,
  isUrgent: false,
};
const draft = (topicId: number, title = "U3 gesperrt") => ({
  topicId,
  title,
  values: { line: ["U3"] },
  texts: { de: `${title}, Pendelverkehr bis 18 Uhr.`, en: null },
});

test("a topic, its subscribers by chat and by staff, a notice from draft to read, and its end", async () => {
  const { owner } = company;
  // The journey runs at any hour of any day.
  const settings = await owner.call(notices.getNoticeSettings);
  await owner.call(notices.saveNoticeSettings, {
    body: { ...settings, quiet: null, isQuietOnHolidays: false },
  });
  const topic = await owner.call(notices.createNoticeTopic, { body: LINES });
  const params = { id: topic.id };
  const renamed = { ...LINES, title: { de: "Störungen im Netz", en: "Disruptions" } };
  expect((await owner.call(notices.replaceNoticeTopic, { params, body: renamed })).title.de).toBe(
    "Störungen im Netz",
  );

  const { channel, line, close } = await connectWhatsapp(node, company);
  try {
    const { topics, hasForm } = await visitor.call(notices.publicTopics, { params: { slug } });
    expect([topics.map((one) => one.slug), hasForm]).toEqual([["lines"], false]);
    const ways = await visitor.call(notices.subscribeLink, {
      params: { slug, topic: "lines" },
      query: { value: "U3" },
    });
    expect(ways.whatsapp).toMatch(/^https:\/\/wa\.me\//);
    await line.say({ from: "491725550001", text: ways.words.de });
    await line.answers("491725550001");
    await line.say({ from: "491725550001", text: "ja" });
    const subscriptions = () => owner.call(notices.listTopicSubscriptions, { params, query: {} });
    const [first] = await until("the subscription", async () => {
      const { items } = await subscriptions();
      return items.length > 0 && items;
    });
    expect(first).toMatchObject({ value: "U3", channel: { id: channel.id }, language: "de" });
    const contactId = first?.contactId as number;
    const subscription = { params: { id: first?.id as number } };
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const paused = await owner.call(notices.changeSubscription, {
      ...subscription,
      body: { pausedUntil: inAnHour },
    });
    expect(Date.parse(paused.pausedUntil ?? "")).toBe(Date.parse(inAnHour));
    await owner.call(notices.changeSubscription, { ...subscription, body: { pausedUntil: null } });
    expect(
      (await owner.call(notices.listContactSubscriptions, { params: { id: contactId } })).items,
    ).toHaveLength(1);
    expect((await owner.call(notices.listNoticeTopics)).items).toMatchObject([
      { id: topic.id, subscribers: 1 },
    ]);

    const made = await owner.call(notices.createNotice, { body: draft(topic.id, "U3 fällt aus") });
    const one = { params: { id: made.id } };
    await owner.call(notices.replaceNotice, { ...one, body: draft(topic.id) });
    const { items: previews } = await owner.call(notices.previewNotice, one);
    expect(previews.map(({ text }) => text)).toContain("U3 gesperrt, Pendelverkehr bis 18 Uhr.");
    expect((await owner.call(notices.countRecipients, one)).persons).toBe(1);
    expect(await owner.call(notices.testNotice, { ...one, body: { contactId } })).toMatchObject({
      queued: true,
    });
    await owner.call(notices.startNotice, { ...one, body: {} });
    const { counts } = await until("it was read", async () => {
      const progress = await owner.call(notices.noticeProgress, one);
      return progress.state === "done" && progress.counts.read === 1 && progress;
    });
    expect(counts).toMatchObject({ matched: 1, dropped: 0, failed: 0 });
    expect((await owner.call(notices.getNotice, one)).state).toBe("done");
    const words = (await line.sentTo("491725550001")).map(({ body }) => JSON.stringify(body));
    // The test send and the notice.
    expect(words.filter((body) => body.includes("Pendelverkehr"))).toHaveLength(2);

    expect((await owner.call(notices.deleteNoticeTopic, { params })).told).toBe(1);
    const { items } = await owner.call(api.listConsents, { params: { id: contactId } });
    await until("the grant ended", async () => {
      const now = await owner.call(api.listConsents, { params: { id: contactId } });
      return now.items[0]?.withdrawnAt;
    });
    expect(items[0]?.topic).toBe("lines");
  } finally {
    await close();
  }
});

test("four eyes, a time, a stop; a program publishes once; templates and settings are kept", async () => {
  const { owner } = company;
  const settings = await owner.call(notices.getNoticeSettings);
  const strict = { ...settings, needsFourEyes: true, capPerDay: 5, quiet: { from: "21:00", to: "07:00" } };
  expect(await owner.call(notices.saveNoticeSettings, { body: strict })).toEqual(strict);
  const topic = await owner.call(notices.createNoticeTopic, { body: { ...LINES, slug: "library" } });
  const made = await owner.call(notices.createNotice, { body: draft(topic.id) });
  const one = { params: { id: made.id } };
  expect(made.needsRelease).toBe(true);
  expect((await owner.refused(notices.startNotice, { ...one, body: {} })).status).toBe(422);
  // The author's own release is none.
  expect((await owner.refused(notices.releaseNotice, one)).status).toBe(422);
  await owner.call(notices.saveNoticeSettings, { body: { ...strict, needsFourEyes: false } });
  const at = new Date(Date.now() + 86_400_000).toISOString();
  expect((await owner.call(notices.startNotice, { ...one, body: { at } })).state).toBe("scheduled");
  expect((await owner.call(notices.stopNotice, one)).state).toBe("stopped");
  const second = await owner.call(notices.createNotice, { body: draft(topic.id, "Neu im Regal") });
  await owner.call(notices.deleteNotice, { params: { id: second.id } });

  const program = { ...draft(topic.id), topic: "library", reference: "alert-7" } as Record<string, unknown>;
  delete program.topicId;
  const publish = () => owner.call(notices.publishNotice, { body: program as never });
  expect((await publish()).id).toBe((await publish()).id);
  expect((await owner.call(notices.listNotices, { query: {} })).items.length).toBeGreaterThanOrEqual(2);

  const template = {
    name: "stoerung",
    language: "de" as const,
    category: "utility" as const,
    body: "Hinweis: {{1}} Ihr Team",
    variables: ["text"],
    state: "approved" as const,
  };
  const kept = await owner.call(notices.createNoticeTemplate, { body: template });
  await owner.call(notices.replaceNoticeTemplate, {
    params: { id: kept.id },
    body: { ...template, state: "paused" as const },
  });
  expect((await owner.call(notices.listNoticeTemplates)).items).toMatchObject([
    { name: "stoerung", state: "paused" },
  ]);
  await owner.call(notices.deleteNoticeTemplate, { params: { id: kept.id } });
  expect((await owner.call(notices.listNoticeTemplates)).items).toEqual([]);

  // Without a mailbox nobody can be asked for a yes; a made-up token is no yes.
  const body = { topic: "library", email: "jemand@example.org", language: "de" as const };
  expect((await visitor.send(notices.subscribeByForm, { params: { slug }, body })).status).toBeLessThan(500);
  const token = "x".repeat(32);
  const wrong = await visitor.refused(notices.confirmSubscription, { params: { slug }, body: { token } });
  expect(wrong.status).toBe(404);
});
