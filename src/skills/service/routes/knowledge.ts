import { type AnyRoute, AppError, type House, type Language, route } from "#kernel";
import { exportKnowledge, importKnowledge, listUnanswered, trainingState, tryQuestion } from "../api.ts";
import { explain } from "../engine/index.ts";
import { meantIn } from "../flows/judge.ts";
import { titleOf } from "../flows/knowledge.ts";
import type { Known } from "../flows/scene.ts";
import { detectLanguage } from "../rules/index.ts";
import { exportKnowledge as exportFiles, type KnowledgeExport } from "../store/export.ts";
import { flowCacheOf } from "../store/flow-cache.ts";
import { importKnowledge as importFiles } from "../store/import.ts";
import { askForMeaning, withMeaning } from "../store/meaning.ts";
import { readTraining } from "../store/models.ts";
import { logShown } from "../store/readers.ts";
import { listUnanswered as listRows, type UnansweredPlace, type UnansweredRow } from "../store/unanswered.ts";
import type { ServiceTables } from "../tables.ts";
import { ask } from "./as-customer.ts";
import type { RouteParts } from "./index.ts";

/** A training is stopped after 2 minutes; whatever still runs after this was cut off with its process. */
const LONGEST_TRAINING_MS = 300_000;

export function knowledgeRoutes(house: House, { cache, hours, embedder }: RouteParts): readonly AnyRoute[] {
  const flows = flowCacheOf(house);
  return [
    route(tryQuestion, async ({ actor, body }) => {
      const tenant = await house.profile(actor.tenantId);
      await cache.prepare([actor.tenantId]);
      await flows.prepare([actor.tenantId]);
      const asked = { tenantId: actor.tenantId, text: body.text };
      if (embedder) await askForMeaning(house, { cache, embedder }, [asked]);
      const live = withMeaning(cache.known(actor.tenantId), embedder);
      const known = { ...live, flows: flows.of(actor.tenantId) };
      const language = body.language ?? detectLanguage(body.text, tenant.language);
      const met = ask(known, { tenant, hours, language, text: body.text, now: house.clock.now() });
      const judged = judge(known, body.text, language);
      return { language, ...judged, zone: met.zone ? ZONES[met.zone] : judged.zone, text: met.words };
    }),
    route(trainingState, async ({ actor }) => {
      const row = await readTraining(house, actor.tenantId);
      return {
        state: row.state,
        trainedAt: row.trained_at?.toISOString() ?? null,
        examples: row.examples,
        topics: row.topics,
        accuracy: row.report?.accuracy ?? null,
        answerAt: row.report?.thresholds.answerAt ?? null,
        offerAt: row.report?.thresholds.offerAt ?? null,
        seconds: row.seconds,
        error: row.error,
        isInterrupted:
          row.started_at !== null && house.clock.now() - row.started_at.getTime() > LONGEST_TRAINING_MS,
      };
    }),
    route(importKnowledge, async ({ actor, body }) => {
      const { changed: _, ...result } = await importFiles(house, actor.tenantId, body);
      return result;
    }),
    route(listUnanswered, async ({ actor, query }) => {
      const rows = await house.db.tenant<UnansweredRow[], ServiceTables>(actor.tenantId, async (tx) => {
        const found = await listRows(tx, actor.tenantId, {
          after: placeOf(query.cursor),
          limit: query.limit + 1,
        });
        const conversationIds = found.slice(0, query.limit).map(({ conversation_id }) => conversation_id);
        await logShown(house, tx, { actor, conversationIds });
        return found;
      });
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return {
        items: items.map((row) => ({
          conversationId: row.conversation_id,
          questionKey: row.question_key,
          question: row.question,
          language: row.language,
          guess: row.guess,
          confidence: row.confidence,
          askedAt: row.asked_at.toISOString(),
        })),
        next: last ? `${last.asked_at.getTime()}.${last.question_key}` : null,
      };
    }),
    route(exportKnowledge, ({ actor }) =>
      house.db.tenant<KnowledgeExport, ServiceTables>(actor.tenantId, (tx) =>
        exportFiles(tx, actor.tenantId),
      ),
    ),
  ];
}

/** @throws AppError bad_request for a cursor that is none of ours */
function placeOf(cursor: string | undefined): UnansweredPlace | null {
  if (cursor === undefined) return null;
  const [, at, key] = /^(\d{1,15})\.([\w-]{43})$/.exec(cursor) ?? [];
  if (at === undefined || key === undefined)
    throw new AppError("bad_request", "The cursor is not one of this list.");
  return { at: Number(at), key };
}

const ZONES = { answer: "answer", choose: "offer", handover: "handOver" } as const;

const NOTHING = { known: 0, words: [], confidence: 0, normalised: "", corrected: [], reasons: [] };

function judge({ model, knowledge, vectorOf }: Known, text: string, language: Language) {
  if (!model) return { zone: "handOver" as const, candidates: [], answerAt: 1, offerAt: 1, ...NOTHING };
  const isKnown = (intent: string) => knowledge.topics.has(intent);
  const explanation = explain(model, text, isKnown, vectorOf?.(meantIn(text)[0] ?? text));
  const first = explanation.candidates[0]?.intent;
  return {
    zone: ZONES[explanation.zone],
    candidates: explanation.candidates.slice(0, 3).map(({ intent, score }) => {
      const topic = knowledge.topics.get(intent);
      return { intent, confidence: score, title: topic ? titleOf(topic, language) : intent };
    }),
    answerAt: explanation.limits.answerAt,
    offerAt: explanation.limits.offerAt,
    known: explanation.known,
    words: explanation.reasons
      .filter(({ intent }) => intent === first)
      .map(({ feature, weight }) => ({ word: feature, weight })),
    confidence: explanation.confidence,
    normalised: explanation.normalised,
    corrected: [...explanation.corrected],
    reasons: [...explanation.reasons],
  };
}
