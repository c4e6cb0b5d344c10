import { type AnyRoute, type House, route } from "#kernel";
import type { Embedder } from "../adapters/embedding/embedder.ts";
import { knowledgeFigures, knowledgeHealth, knowledgeLimits, setKnowledgeLimits } from "../api.ts";
import { ENOUGH_EXAMPLES, type Health } from "../engine/index.ts";
import { MEASURE, scheduleOnce } from "../store/changes.ts";
import { countCases, countZones, type TopicCases } from "../store/figures.ts";
import type { KnowledgeCache } from "../store/knowledge-cache.ts";
import { type Limits, readLimits, writeLimits } from "../store/limits.ts";
import { type MeasuredHealth, readHealth } from "../store/models.ts";
import { logShown } from "../store/readers.ts";
import { RESOLVED_AFTER_HOURS } from "../store/resolved.ts";
import { readTopicNames, type TopicName } from "../store/topic-names.ts";
import { changeKnowledge, inTenant } from "./change.ts";
import type { RouteParts } from "./index.ts";

const DAY_MS = 86_400_000;
const MOST_CONFUSED = 3;

export function healthRoutes(house: House, { cache, embedder }: RouteParts): readonly AnyRoute[] {
  return [
    route(knowledgeFigures, async ({ actor: { tenantId }, query }) => {
      const { language } = await house.profile(tenantId);
      const now = new Date(house.clock.now());
      const span = { from: new Date(now.getTime() - query.days * DAY_MS), now };
      return inTenant(house, tenantId, async (tx) => {
        const names = await readTopicNames(tx, tenantId, language);
        const cases = await countCases(tx, tenantId, span);
        const measured = await readHealth(tx, tenantId);
        return {
          from: span.from.toISOString(),
          resolvedAfterHours: RESOLVED_AFTER_HOURS,
          zones: await countZones(tx, tenantId, span),
          total: sumOf(cases),
          topics: [...names.values()].map((name) => ({
            ...name,
            ...sumOf(cases.filter(({ topic }) => topic === name.intent)),
            confusedWith: confusedWith(measured?.report, name.intent, names),
          })),
          withoutTopic: sumOf(cases.filter(({ topic }) => topic === null || !names.has(topic))),
        };
      });
    }),
    route(knowledgeHealth, async ({ actor, actor: { tenantId } }) => {
      const { language, slug } = await house.profile(tenantId);
      const embedding = embedder?.serves(slug) ? await lookAt(embedder, cache, tenantId) : null;
      return inTenant(house, tenantId, async (tx) => {
        const measured = await readHealth(tx, tenantId);
        if (!measured || measured.examples === 0)
          return { state: "none" as const, error: null, embedding, report: null };
        if (!measured.isCurrent)
          await scheduleOnce(tx, tenantId, { kind: MEASURE, dueAt: house.clock.now() });
        const names = await readTopicNames(tx, tenantId, language);
        if (measured.report) await logShown(house, tx, { actor, texts: quotedIn(measured.report) });
        return {
          state: stateOf(measured),
          error: measured.isCurrent ? measured.error : null,
          embedding,
          report: measured.report && { ...reportOf(measured, measured.report, names) },
        };
      });
    }),
    route(knowledgeLimits, ({ actor }) => limitsOf(house, actor.tenantId)),
    route(setKnowledgeLimits, async ({ actor, body }) => {
      await changeKnowledge(house, actor.tenantId, (tx) => writeLimits(tx, actor.tenantId, body));
      return limitsOf(house, actor.tenantId);
    }),
  ];
}

/** Does the service answer, and did the live model learn from it? Without either, words and letters decide. */
async function lookAt(embedder: Embedder, cache: KnowledgeCache, tenantId: number) {
  await cache.prepare([tenantId]);
  const isLearnt = cache.known(tenantId).model?.meaning?.name === embedder.name;
  return { fault: await embedder.probe(), isLearnt };
}

function stateOf({ isCurrent, error }: MeasuredHealth): "measuring" | "ready" | "failed" {
  if (!isCurrent) return "measuring";
  return error === null ? "ready" : "failed";
}

async function limitsOf(house: House, tenantId: number) {
  const { language } = await house.profile(tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const { maxWrong, costs }: Limits = await readLimits(tx, tenantId);
    const names = await readTopicNames(tx, tenantId, language);
    return {
      maxWrong,
      topics: [...names.values()].map((name) => ({ ...name, cost: costs.get(name.id) ?? 1 })),
    };
  });
}

function sumOf(rows: readonly TopicCases[]) {
  const of = (ending: TopicCases["ending"]) =>
    rows.reduce((sum, row) => sum + (row.ending === ending ? row.cases : 0), 0);
  return {
    asked: rows.reduce((sum, row) => sum + row.cases, 0),
    resolved: of("resolved"),
    pending: of("pending"),
    handedOver: of("handed_over"),
    notHelped: of("not_helped"),
    abandoned: of("abandoned"),
    person: of("person"),
    cameBack: of("came_back"),
  };
}

type Names = ReadonlyMap<string, TopicName>;
const named = (intent: string, names: Names) => ({ intent, title: names.get(intent)?.title ?? intent });

/** The examples that the report quotes. */
function quotedIn({ confused, nearDuplicates }: Health): string[] {
  return [
    ...confused.flatMap(({ texts }) => [...texts]),
    ...nearDuplicates.flatMap(({ a, b }) => [a.text, b.text]),
  ];
}

function confusedWith(report: Health | null | undefined, intent: string, names: Names) {
  return (report?.confused ?? [])
    .filter((pair) => pair.intent === intent)
    .slice(0, MOST_CONFUSED)
    .map((pair) => ({ ...named(pair.with, names), times: pair.times }));
}

function reportOf(measured: MeasuredHealth, report: Health, names: Names) {
  const { answered, offered, handedOver, wrong, rows, heldOut } = report;
  const known = (intent: string) => ({ ...named(intent, names), id: names.get(intent)?.id ?? null });
  return {
    measuredAt: measured.measured_at?.toISOString() ?? "",
    maxWrong: measured.maxWrong,
    ...{ answered, offered, handedOver, wrong, rows, heldOut },
    // A report that was measured before there was a curve has none.
    curve: [...(report.curve ?? [])],
    topics: report.perIntent.map(({ intent, examples, right, rows: judged }) => ({
      ...known(intent),
      ...{ examples, right, rows: judged },
    })),
    confused: report.confused.map((pair) => ({
      ...named(pair.intent, names),
      with: named(pair.with, names),
      times: pair.times,
      texts: [...pair.texts],
    })),
    nearDuplicates: report.nearDuplicates.map(({ a, b, likeness }) => ({
      a: { ...named(a.intent, names), text: a.text },
      b: { ...named(b.intent, names), text: b.text },
      likeness,
    })),
    tooFew: report.tooFew.map(({ intent, examples }) => ({ ...known(intent), examples })),
    enough: ENOUGH_EXAMPLES,
  };
}
