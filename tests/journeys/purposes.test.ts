import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withdrawConsent } from "#kernel";
import * as advocate from "../../src/skills/advocate/api.ts";
import * as notices from "../../src/skills/notices/api.ts";
import * as reports from "../../src/skills/reports/api.ts";
import { skills } from "../../src/skills.ts";
import { type PurposesWorld, purposesWorld } from "./purposes-world.ts";

/**
 * Non-interference: two persons alike in purpose X, one of whom has random data of purpose Y. Every decision of X must be
 * the same for both to the bit, for all ordered pairs; only a registered restrictive edge may take something away.
 */

const DAY = 86_400_000;
const PURPOSES = [
  "service.answer",
  "notices.service",
  "notices.promotion",
  "advocate.warning",
  "reports.handle",
  "reports.progress",
] as const;
type PurposeId = (typeof PURPOSES)[number];

const ROUNDS = 2;
const GTIN = "04006381333931";
const REPAIRED = "Sie leuchtet wieder.";
const QUESTIONS = [
  "Wann habt ihr geöffnet?",
  "Ich will es zurückgeben",
  "Wie ist das Wetter auf dem Mars?",
  "Parkplatz",
];

let w: PurposesWorld;
let persons = 0;
beforeAll(async () => {
  w = await purposesWorld();
}, 60_000);
afterAll(() => w.close());

/** Small, seeded: a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Somebody {
  from: string;
  id: number;
}

async function somebody(): Promise<Somebody> {
  const from = `p${++persons}`;
  return { from, id: await w.person(from) };
}

const pass = (seconds: number): Promise<void> => w.secondsPass(seconds);

async function sendNotice(topicId: number, text: string, about: string[] = []): Promise<void> {
  const { id } = await w.call(notices.createNotice, {
    body: { topicId, title: text, texts: { de: text, en: text }, about },
  });
  await w.call(notices.startNotice, { params: { id }, body: {} });
  await pass(4);
}

async function lend(one: Somebody, title: string, dueOn: string): Promise<void> {
  await w.call(advocate.putFact, {
    params: { kind: "loan", reference: `${one.from}-${title}` },
    body: { customer: { contactId: one.id }, title, fact: { kind: "loan", dueOn } },
  });
}

const dayFromNow = (days: number): string =>
  new Date(w.here.clock.now() + days * DAY).toISOString().slice(0, 10);

/** Told in two messages, at a place that nobody else names. @returns the report's number; 0 when none was taken */
async function report(one: Somebody, what: string): Promise<number> {
  await w.says(one.from, what);
  await w.says(one.from, `Kaiplatz ${one.from}`);
  await pass(1);
  const [row] = await w.rows(
    `select report_id from reports.statement where contact_id = ${one.id} order by id desc limit 1`,
  );
  return Number(row?.report_id ?? 0);
}

async function settle(id: number, note: string): Promise<void> {
  if (id === 0) return;
  await w.call(reports.setReportState, { params: { id }, body: { state: "done", note } });
  await pass(2);
}

const hearLater = { purpose: "reports.progress", topic: "", text: "Ja, sagen Sie mir Bescheid." };

/** Random data of one purpose about a person. */
const RANDOMISE: Record<PurposeId, (one: Somebody, below: (n: number) => number) => Promise<void>> = {
  async "service.answer"(one, below) {
    for (let n = 0; n <= below(3); n++) await w.says(one.from, QUESTIONS[below(QUESTIONS.length)] as string);
    await w.here.kernel.db.node.query(
      "update kernel.contact set name = $2, company = $3, note = $4 where id = $1",
      [one.id, `Name ${below(1e6)}`, `Firma ${below(1e6)}`, "x".repeat(below(200))],
    );
  },
  async "notices.service"(one, below) {
    await w.subscribe(one.id, w.topics.otherService);
    if (below(2) === 1) await sendNotice(w.topics.otherService, `Neu im Regal ${below(1e6)}`);
  },
  async "notices.promotion"(one, below) {
    await w.subscribe(one.id, w.topics.otherPromotion);
    if (below(2) === 1) await sendNotice(w.topics.otherPromotion, `Angebot ${below(1e6)}`);
  },
  async "advocate.warning"(one, below) {
    await w.sayYes(one.id, "");
    await w.call(advocate.putFact, {
      params: { kind: "purchase", reference: `${one.from}-${below(1e6)}` },
      body: {
        customer: { contactId: one.id },
        title: `Ding ${below(1e6)}`,
        fact: {
          kind: "purchase",
          gtin: GTIN,
          boughtOn: dayFromNow(-below(20)),
          priceCents: 100 + below(1e5),
        },
      },
    });
    if (below(2) === 1) await lend(one, `Buch ${below(1e6)}`, dayFromNow(1 + below(3)));
    await pass(2);
  },
  async "reports.handle"(one, below) {
    const id = await report(one, `Scherben, ${below(1e6)} Stück`);
    if (below(2) === 1) await settle(id, `Weggefegt ${below(1e6)}`);
  },
  async "reports.progress"(one, below) {
    await w.agree(one.id, hearLater);
    if (below(2) === 1) await settle(await report(one, `Scherben, ${below(1e6)} Stück`), "Weggefegt");
  },
};

/** Reports of the two in the pairs, by person. */
const told = new Map<string, number>();

/** Makes both alike in the purpose. */
const PREPARE: Record<PurposeId, (one: Somebody) => Promise<void>> = {
  "service.answer": async () => {},
  "notices.service": (one) => w.subscribe(one.id, w.topics.service),
  "notices.promotion": (one) => w.subscribe(one.id, w.topics.promotion),
  "advocate.warning": (one) => w.sayYes(one.id, "loan_due"),
  "reports.handle": async () => {},
  // After STOP only the yes to hear later is a reason to write.
  async "reports.progress"(one) {
    told.set(one.from, await report(one, "Die Laterne ist dunkel"));
    await w.says(one.from, "STOP");
    w.here.clock.advance(1_000);
    await w.agree(one.id, hearLater);
  },
};

/** What was decided for each of the two, in the words they got. */
const DECIDE: Record<PurposeId, (pair: readonly Somebody[]) => Promise<void>> = {
  async "service.answer"(pair) {
    for (const question of QUESTIONS) for (const one of pair) await w.says(one.from, question);
  },
  "notices.service": () => sendNotice(w.topics.service, "Die U3 fährt nicht."),
  "notices.promotion": () => sendNotice(w.topics.promotion, "Bohrer im Angebot.", [GTIN]),
  async "advocate.warning"(pair) {
    for (const one of pair) await lend(one, "Bohrmaschine", dayFromNow(3));
    for (let day = 0; day < 3; day++) {
      w.here.clock.advance(DAY);
      await pass(2);
    }
  },
  async "reports.handle"(pair) {
    for (const one of pair) await settle(await report(one, "Die Laterne ist dunkel"), REPAIRED);
  },
  async "reports.progress"(pair) {
    for (const one of pair) await settle(told.get(one.from) ?? 0, REPAIRED);
  },
};

/** Only what this purpose said: another purpose's own messages are no decision of it. */
const BELONGS: Record<PurposeId, (text: string) => boolean> = {
  "service.answer": () => true,
  "notices.service": (text) => text.includes("Die U3 fährt nicht."),
  "notices.promotion": (text) => text.includes("Bohrer im Angebot."),
  "advocate.warning": (text) => text.includes("Bohrmaschine"),
  "reports.handle": (text) => text.includes("Lampe dunkel"),
  "reports.progress": (text) => text.includes(REPAIRED),
};
/** A report's number and a place's name differ; nothing else may. */
const unnamed = (text: string, { from }: Somebody): string => text.replaceAll(from, "P").replace(/\d+/g, "#");
const isReport = (x: PurposeId): boolean => x.startsWith("reports.");

async function decide(x: PurposeId, y: PurposeId, seed: number): Promise<[string[], string[]]> {
  const [plain, random] = [await somebody(), await somebody()];
  for (const one of [plain, random]) await PREPARE[x](one);
  await RANDOMISE[y](random, randomFrom(seed));
  const since = w.sent.length;
  await DECIDE[x]([plain, random]);
  const said = (one: Somebody) => {
    const texts = w.textsTo(one.from, since).filter(BELONGS[x]);
    return isReport(x) ? texts.map((text) => unnamed(text, one)) : texts;
  };
  return [said(plain), said(random)];
}

const edges = skills.flatMap(({ restrictiveEdges }) => restrictiveEdges ?? []);
const edgeOf = (y: PurposeId, x: PurposeId) => edges.find(({ from, to }) => from === y && to === x);
const pairs = PURPOSES.flatMap((x) => PURPOSES.filter((y) => y !== x).map((y) => ({ x, y })));

describe("data of one purpose does not touch a decision of another", () => {
  test.each(pairs)(
    "$y does not reach $x",
    async ({ x, y }) => {
      for (let round = 0; round < ROUNDS; round++) {
        const [plain, random] = await decide(x, y, 1 + round);
        expect(plain.length).toBeGreaterThan(0);
        if (!edgeOf(y, x)) expect(random).toEqual(plain);
        // A registered edge takes away, it never adds or changes.
        else expect(plain).toEqual(expect.arrayContaining(random));
      }
    },
    120_000,
  );

  test("the comparison sees an influence: an advocate's warning takes the advertising of the same thing away", async () => {
    expect(edgeOf("advocate.warning", "notices.promotion")?.kind).toBe("veto");
    const [plain, random] = [await somebody(), await somebody()];
    for (const one of [plain, random]) await PREPARE["notices.promotion"](one);
    await w.sayYes(random.id, "");
    await w.call(advocate.putFact, {
      params: { kind: "purchase", reference: "veto-1" },
      body: {
        customer: { contactId: random.id },
        title: "Bohrer",
        fact: { kind: "purchase", gtin: GTIN, boughtOn: dayFromNow(-3), priceCents: 9_900 },
      },
    });
    await w.call(advocate.putRecall, {
      params: { reference: "R1" },
      body: { gtin: GTIN, batch: "", text: { de: "Der Griff kann brechen.", en: "The handle may break." } },
    });
    await pass(3);
    const since = w.sent.length;
    await DECIDE["notices.promotion"]([plain, random]);
    const said = ({ from }: Somebody) => w.textsTo(from, since).filter(BELONGS["notices.promotion"]);
    expect(said(plain)).toHaveLength(1);
    expect(said(random)).toEqual([]);
  }, 60_000);

  test("every registered edge restricts, and says why", () => {
    for (const { kind, reason } of edges) {
      expect(["veto", "cap", "stop", "shared_capacity", "refund"]).toContain(kind);
      expect(reason.length).toBeGreaterThan(10);
    }
  });
});

describe("no detriment", () => {
  test("who withdraws everything is answered the same, at once", async () => {
    const [keeps, withdraws] = [await somebody(), await somebody()];
    for (const one of [keeps, withdraws])
      for (const purpose of PURPOSES) if (purpose !== "reports.progress") await PREPARE[purpose](one);
    await w.here.kernel.db.tenant(w.tenantId, (tx) =>
      withdrawConsent(tx, {
        tenantId: w.tenantId,
        contactIds: [withdraws.id],
        how: "portal",
        now: w.here.clock.now(),
      }),
    );
    const since = w.sent.length;
    await DECIDE["service.answer"]([keeps, withdraws]);
    const answers = w.textsTo(withdraws.from, since);
    expect(answers.length).toBeGreaterThan(1);
    expect(answers).toEqual(w.textsTo(keeps.from, since));
    // Both were asked in turn and answered before the next question: nobody waits longer.
    const order = w.sent.slice(since).map(({ to }) => to);
    expect(order.filter((to) => to === withdraws.from).length).toBe(
      order.filter((to) => to === keeps.from).length,
    );
  }, 60_000);
});
