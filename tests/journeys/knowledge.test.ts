import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as service from "../../src/skills/service/api.ts";
import { runCommand } from "../node.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type Company, connectWhatsapp } from "../outside/company.ts";
import { hasShared, readCsv, sharedPath } from "../outside/csv.ts";
import { originOf, signedIn } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { newNumber, type SentMessage, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/**
 * A company is made, taught from a CSV file beside the running node, and asked. Banking77 (Casanueva et al. 2020,
 * CC BY 4.0): 77 topics, 10,003 examples; 300 of its test questions come as signed webhooks from 300 people.
 */

const TRAIN = "data/nlu/banking77/train.csv";
const TEST = "data/nlu/banking77/test.csv";
const QUESTIONS = 300;
/**
 * Measured when this was written, of 300: 241 answered rightly, 2 wrongly, 56 offered choices (53 of them with the
 * right topic), 1 handed over. The limits leave room for a different training run, not for a different result.
 */
const RIGHT_MIN = 0.75;
const HELPED_MIN = 0.9;
const WRONG_OF_ANSWERED_MAX = 0.05;

const isThere = hasShared(TRAIN);
const when = isThere ? describe : describe.skip;

let node: SharedNode;
let company: Company;
let line: WhatsappLine;
let close: () => Promise<void>;

when(isThere ? "Banking77" : "Banking77 (skipped: ../shared is not there)", () => {
  beforeAll(async () => {
    node = await sharedNode();
    const email = `${randomUUID().slice(0, 8)}@bank.example`;
    const made = await runCommand([
      ...["tenant", "create", "Banking 77", "--language", "en", "--time-zone", "Europe/London"],
      ...["--owner-email", email, "--owner-name", "Ada Banks", "--data", node.dataDir, "--json"],
    ]);
    expect(made.stderr).toBe("");
    const { id, oneTimePassword } = JSON.parse(made.stdout) as { id: number; oneTimePassword: string };
    const owner = await signedIn(originOf(node.report), { email, password: oneTimePassword });
    const { secret } = await owner.call(api.createApiKey, { body: { name: "Journey", role: "owner" } });
    company = {
      id,
      name: "Banking 77",
      owner: new ApiClient(originOf(node.report), { "x-api-key": secret }),
    };
    ({ line, close } = await connectWhatsapp(node, company));
  }, 120_000);
  afterAll(() => close?.());

  test("is imported while the node runs, which learns it", async () => {
    const imported = await runCommand([
      ...["knowledge", "import", sharedPath(TRAIN), "--data", node.dataDir],
      ...["--tenant", String(company.id), "--lang", "en"],
    ]);
    expect(imported.code, imported.stderr).toBe(0);
    const { items } = await company.owner.call(service.listTopics);
    expect(items).toHaveLength(77);
    expect(items.every((topic) => topic.placeholder)).toBe(true);
    const training = await until(
      "the knowledge is live",
      async () => {
        const state = await company.owner.call(service.trainingState);
        return state.state === "live" && state;
      },
      90_000,
    );
    expect(training).toMatchObject({ topics: 77, error: null });
    expect(training.accuracy).toBeGreaterThan(0.85);
    const tried = await company.owner.call(service.tryQuestion, {
      body: { text: "I am still waiting on my card, when will it arrive?" },
    });
    expect(tried).toMatchObject({ zone: "answer", language: "en" });
    expect(tried.candidates[0]?.intent).toBe("card_arrival");
    expect(tried.words.length).toBeGreaterThan(0);
  }, 180_000);

  test("answers 300 questions of 300 people", async () => {
    const all = readCsv(sharedPath(TEST));
    const questions = Array.from({ length: QUESTIONS }, (_, n) => {
      const row = all[Math.floor((n * all.length) / QUESTIONS)];
      return { from: newNumber(), text: row?.text ?? "", intent: row?.intent ?? "" };
    });
    await Promise.all(questions.map(({ from, text }) => line.say({ from, name: `P ${from}`, text })));
    const sent = await until(
      "everybody has an answer",
      async () => {
        const byPerson = new Map<string, SentMessage>();
        for (const each of await allSent()) if (!byPerson.has(each.to)) byPerson.set(each.to, each);
        return questions.every(({ from }) => byPerson.has(from)) && byPerson;
      },
      60_000,
    );
    const counts = { right: 0, wrong: 0, offered: 0, offeredRight: 0, handedOver: 0 };
    for (const { from, intent } of questions) {
      const answer = read(sent.get(from) as SentMessage);
      if (answer.intent !== null) counts[answer.intent === intent ? "right" : "wrong"] += 1;
      else if (answer.offers.length === 0) counts.handedOver += 1;
      else {
        counts.offered += 1;
        if (answer.offers.includes(intent)) counts.offeredRight += 1;
      }
    }
    const shown = JSON.stringify(counts);
    expect(counts.right + counts.wrong + counts.offered + counts.handedOver, shown).toBe(QUESTIONS);
    expect(counts.wrong / (counts.right + counts.wrong), shown).toBeLessThanOrEqual(WRONG_OF_ANSWERED_MAX);
    expect(counts.right / QUESTIONS, shown).toBeGreaterThanOrEqual(RIGHT_MIN);
    expect((counts.right + counts.offeredRight) / QUESTIONS, shown).toBeGreaterThanOrEqual(HELPED_MIN);
    // Whom the bot handed over stands at the desk.
    const { open } = await company.owner.call(api.countConversations);
    expect(open).toBe(counts.handedOver);
  }, 120_000);

  test("is exported as it came in, and again as files", async () => {
    const out = await mkdtemp(join(tmpdir(), "ah-export-"));
    const ended = await runCommand([
      ...["knowledge", "export", "--data", node.dataDir, "--tenant", String(company.id), "--out", out],
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    const exported = readCsv(join(out, "examples.csv"));
    // Names are letters, digits and "_" ("reverted_card_payment?" loses its mark), white space is evened.
    const key = (row: Record<string, string>) =>
      `${row.intent?.replace(/\W/g, "")} ${row.text?.replace(/\s+/g, " ").trim()}`;
    const wanted = new Set(readCsv(sharedPath(TRAIN)).map(key));
    expect(new Set(exported.map(key))).toEqual(wanted);
    const byApi = await company.owner.call(service.exportKnowledge);
    expect(byApi.examples).toBe(await readFile(join(out, "examples.csv"), "utf8"));
    await rm(out, { recursive: true });
  }, 60_000);

  const allSent = async (): Promise<SentMessage[]> =>
    (await (await fetch(`${line.simulator}/_sent`)).json()) as SentMessage[];
});

/** The placeholder of a topic without an answer names it; an offer's buttons carry its topics. */
function read(sent: SentMessage): { intent: string | null; offers: string[] } {
  const named = /“[^”]+” \(([^)]+)\)\. The answer to it is not written yet/.exec(wordsOf(sent));
  if (named) return { intent: named[1] ?? null, offers: [] };
  const ids = [...JSON.stringify(sent.body).matchAll(/"topic:([^"]+)"/g)].map((match) => match[1] ?? "");
  return { intent: null, offers: ids };
}
