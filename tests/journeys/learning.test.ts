import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as service from "../../src/skills/service/api.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { firstDay, germanStream, matterAnswered, type StreamMessage } from "../outside/german-stream.ts";
import { until } from "../outside/until.ts";
import { newNumber, type SentMessage, sentBy, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/**
 * A company starts with seven examples a topic. A thousand people write, colleagues say of what went to them what it
 * was about, the editor accepts, the night's training runs, and the next thousand of the same distribution fare better.
 */

const MESSAGES = 1_000;
/** Colleagues click after this many of the cases that came to them; the others they forget. */
const CLICKS = 300;
const AT_ONCE = 40;

let node: SharedNode;
let company: Company;
let line: WhatsappLine;
let close: () => Promise<void>;
let topicIds: ReadonlyMap<string, number>;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  ({ line, close } = await connectWhatsapp(node, company));
  await company.owner.call(service.importKnowledge, { body: { language: "de", ...firstDay() } });
  await until("the first day's knowledge is live", isLive, 30_000);
  const { items } = await company.owner.call(service.listTopics);
  topicIds = new Map(items.map(({ intent, id }) => [intent, id]));
}, 120_000);
afterAll(() => close?.());

async function isLive(): Promise<boolean> {
  return (await company.owner.call(service.trainingState)).state === "live";
}

interface Counts {
  right: number;
  wrong: number;
  offered: number;
  offeredRight: number;
  handedOver: number;
}
interface Fate extends StreamMessage {
  from: string;
  zone: "answer" | "choose" | "handover";
  /** Was the right topic answered or among the choices? */
  isServed: boolean;
}

async function inTurn<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < list.length; at += AT_ONCE) await Promise.all(list.slice(at, at + AT_ONCE).map(work));
}

/** Everybody writes once, and everybody's answer is read at the provider. */
async function speak(messages: readonly StreamMessage[]): Promise<{ counts: Counts; fates: Fate[] }> {
  const people = messages.map((message) => ({ ...message, from: newNumber() }));
  await inTurn(people, ({ from, text }) => line.say({ from, name: `P ${from}`, text }));
  const answers = await until(
    "everybody has an answer",
    async () => {
      const first = new Map<string, SentMessage>();
      for (const sent of await sentBy(line.simulator)) if (!first.has(sent.to)) first.set(sent.to, sent);
      return people.every(({ from }) => first.has(from)) && first;
    },
    60_000,
  );
  const counts = { right: 0, wrong: 0, offered: 0, offeredRight: 0, handedOver: 0 };
  const fates = people.map((person): Fate => {
    const sent = answers.get(person.from) as SentMessage;
    const answered = matterAnswered(wordsOf(sent));
    const offered = [...JSON.stringify(sent.body).matchAll(/"topic:([^"]+)"/g)].map((match) => match[1]);
    if (answered !== undefined) {
      counts[answered === person.intent ? "right" : "wrong"] += 1;
      return { ...person, zone: "answer", isServed: answered === person.intent };
    }
    if (offered.length === 0) {
      counts.handedOver += 1;
      return { ...person, zone: "handover", isServed: false };
    }
    counts.offered += 1;
    const isServed = offered.includes(person.intent);
    if (isServed) counts.offeredRight += 1;
    return { ...person, zone: "choose", isServed };
  });
  return { counts, fates };
}

/** Conversations that wait for a person, by the number that wrote. */
async function waitingByNumber(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let cursor: string | undefined; ; ) {
    const page = await company.owner.call(api.listConversations, {
      query: { view: "open", limit: 100, cursor },
    });
    for (const { id, contact } of page.items) found.set(contact.name.replace("P ", ""), id);
    if (!page.next) return found;
    cursor = page.next;
  }
}

test("the second thousand messages fare better than the first, from clicks alone", async () => {
  const first = await speak(germanStream(MESSAGES, 1));
  // Who finds nothing among the choices wants a person.
  const lost = first.fates.filter(({ zone, isServed }) => zone === "choose" && !isServed);
  await inTurn(lost, ({ from }) => line.say({ from, name: `P ${from}`, text: "Mit Mensch sprechen" }));
  const waiting = await until(
    "they wait for a person",
    async () => {
      const found = await waitingByNumber();
      return found.size >= first.counts.handedOver + lost.length && found;
    },
    60_000,
  );
  const taught = first.fates.filter(({ from }) => waiting.has(from)).slice(0, CLICKS);
  expect(taught.length).toBeGreaterThan(100);
  await inTurn(taught, async ({ from, intent }) => {
    const params = { id: waiting.get(from) ?? 0 };
    const { messageId } = await company.owner.call(service.conversationLesson, { params });
    return company.owner.call(service.proposeExample, {
      params,
      body: { messageId: messageId ?? "", topicId: topicIds.get(intent) ?? null },
    });
  });
  const inbox = await company.owner.call(service.listProposals, { query: { limit: 200 } });
  expect(inbox.open).toBe(taught.length);
  const rest = inbox.next
    ? (await company.owner.call(service.listProposals, { query: { limit: 200, cursor: inbox.next } })).items
    : [];
  const accept = [...inbox.items, ...rest].map(({ id }) => id);
  expect(await company.owner.call(service.decideProposals, { body: { accept } })).toEqual({
    accepted: taught.length,
    rejected: 0,
  });
  const after = await company.owner.call(service.listProposals);
  expect([after.open, after.nightAt !== null]).toEqual([0, true]);
  await company.owner.call(service.trainNow);
  await until(
    "what was taught is live",
    async () =>
      (await company.owner.call(service.listVersions)).items.some(
        (one) => one.isLive && one.reason === "night",
      ),
    60_000,
  );

  const second = await speak(germanStream(MESSAGES, 2));
  const shown = `first 1,000 ${JSON.stringify(first.counts)}; ${taught.length} clicks; second 1,000 ${JSON.stringify(second.counts)}`;
  process.stdout.write(`Learning: ${shown}\n`);
  const settled = ({ right, offeredRight }: Counts) => right + offeredRight;
  expect(settled(second.counts), shown).toBeGreaterThan(settled(first.counts) + 0.05 * MESSAGES);
  expect(second.counts.right, shown).toBeGreaterThan(first.counts.right + 0.2 * MESSAGES);
  const useless = ({ offered, offeredRight }: Counts) => offered - offeredRight;
  expect(useless(second.counts), shown).toBeLessThan(useless(first.counts) / 2);
  const wrong = ({ right, wrong: faults }: Counts) => faults / Math.max(1, right + faults);
  expect(wrong(second.counts), shown).toBeLessThan(0.08);

  // The desk's own figures say the same of both thousands.
  const counts = [first.counts, second.counts];
  const figures = await until("all turns are recorded", async () => {
    const read = await company.owner.call(service.knowledgeFigures, { query: { days: 1 } });
    return read.zones.answer + read.zones.choose + read.zones.handover >= 2 * MESSAGES * 0.95 && read;
  });
  expect(figures.zones.answer).toBe(
    counts.reduce((sum, { right, wrong: faults }) => sum + right + faults, 0),
  );
  expect(figures.total.resolved).toBe(0); // Nobody is called resolved before 72 hours are over.
  expect(figures.total.pending).toBeGreaterThan(0);
}, 120_000);

test("the desk shows what stands: health, groups of questions, spot checks, suggestions, versions that differ", async () => {
  const { owner } = company;
  const checks = await owner.call(service.listChecks);
  expect(checks.items).toHaveLength(10);
  const [check] = checks.items;
  const body = {
    conversationId: check?.conversationId ?? 0,
    messageId: check?.messageId ?? "",
    topicId: null,
  };
  await owner.call(service.answerCheck, { body });
  expect((await owner.call(service.listChecks)).measured).toBe(1);
  expect((await owner.refused(service.answerCheck, { body })).code).toBe("not_found");

  const groups = await owner.call(service.listClusters);
  const [largest] = groups.items;
  expect(largest?.count).toBeGreaterThan(2);
  const questions = (largest?.questions ?? []).map(({ conversationId, questionKey }) => ({
    conversationId,
    questionKey,
  }));
  const title = largest?.label ?? "";
  await owner.call(service.setRelease, { body: { release: "review" } });
  const made = await owner.call(service.makeTopic, { body: { title, language: "de", questions } });
  expect(made.examples).toBeGreaterThan(1);
  const id = largest?.questions[0]?.conversationId ?? 0;
  expect((await owner.call(service.conversationLesson, { params: { id } })).question).not.toBeNull();
  const suggested = await owner.call(service.suggestAnswers, {
    params: { id },
    body: { draft: "30 Tage Zeit" },
  });
  expect(suggested.items.map(({ topic }) => topic.intent)).toContain("returns");

  const versions = await until(
    "the new topic waits as a version",
    async () => {
      const { items } = await owner.call(service.listVersions);
      return items[0] && !items[0].isLive && items;
    },
    60_000,
  );
  const [draft] = versions;
  const params = { id: draft?.id ?? 0 };
  const compared = await owner.call(service.compareVersion, { params, query: { days: 1 } });
  expect(compared.compared).toBe(2 * MESSAGES);
  expect(compared.same + compared.differences.length + compared.more).toBe(compared.compared);
  expect(compared.differences.length).toBeGreaterThan(0);
  await owner.call(service.versionLive, { params });
  const before = versions.find(({ isLive }) => isLive)?.id ?? 0;
  await owner.call(service.versionLive, { params: { id: before } });
  expect((await owner.call(service.listVersions)).items.find(({ isLive }) => isLive)?.id).toBe(before);
  expect((await owner.refused(service.versionLive, { params: { id: 999 } })).code).toBe("not_found");

  const { maxWrong, topics } = await owner.call(service.knowledgeLimits);
  expect(maxWrong).toBe(0.03);
  const returns = topics.find(({ intent }) => intent === "returns")?.id ?? 0;
  const limits = await owner.call(service.setKnowledgeLimits, {
    body: { maxWrong: 0.05, topics: [{ id: returns, cost: 2 }] },
  });
  expect([limits.maxWrong, limits.topics.find(({ id: one }) => one === returns)?.cost]).toEqual([0.05, 2]);
  const health = await until(
    "the health is measured",
    async () => {
      const read = await owner.call(service.knowledgeHealth);
      return read.state === "ready" && read.report;
    },
    60_000,
  );
  expect(health.answered.low).toBeLessThanOrEqual(health.answered.value);
  expect(health.answered.value + health.offered.value + health.handedOver.value).toBeCloseTo(1, 5);
  expect(health.topics.length).toBe(15);
}, 120_000);
