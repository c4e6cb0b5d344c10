import { type AnyRoute, type House, type Language, route, scheduleTimer, type Tx } from "#kernel";
import {
  answerCheck,
  decideProposals,
  listChecks,
  listClusters,
  listProposals,
  makeTopic,
  suggestAnswers,
  trainNow,
} from "../api.ts";
import { cluster } from "../engine/index.ts";
import { nextNight } from "../jobs.ts";
import { NIGHT, scheduleOnce } from "../store/changes.ts";
import { countHeldOut, drawChecks, keepCheck } from "../store/checks.ts";
import { makeTopicOf, type OpenQuestion, readOpenQuestions } from "../store/clusters.ts";
import {
  collectChoices,
  decideProposals as decide,
  listProposals as listRows,
  readInboxState,
  readLastWords,
} from "../store/proposals.ts";
import { logShown } from "../store/readers.ts";
import type { ServiceTables } from "../tables.ts";
import { changeKnowledge, inTenant, namesIn } from "./change.ts";
import type { RouteParts } from "./index.ts";
import { lessonRoutes } from "./lesson.ts";
import { suggest } from "./suggest.ts";

const DAY_MS = 86_400_000;
const CHECK_DAYS = 28;

export function teachingRoutes(house: House, { cache }: RouteParts): readonly AnyRoute[] {
  const name = namesIn(house);
  /** What was accepted is learnt in the night that comes. */
  const learnTonight = async (tx: Tx<ServiceTables>, tenantId: number, timeZone: string): Promise<void> =>
    scheduleOnce(tx, tenantId, { kind: NIGHT, dueAt: nextNight(timeZone, house.clock.now()) });

  return [
    ...lessonRoutes(house, { cache }),
    route(suggestAnswers, async ({ actor: { tenantId }, params, body }) => {
      const said = await inTenant(house, tenantId, (tx) => readLastWords(tx, tenantId, params.id));
      await cache.prepare([tenantId]);
      const items = suggest(cache.known(tenantId), { question: said.text, draft: body.draft }, said.language);
      return name(tenantId, async (names) => ({
        items: items.flatMap(({ topic, text, link }) => {
          const known = names.get(topic.intent);
          return known ? [{ topic: known, text, link }] : [];
        }),
      }));
    }),
    ...inboxRoutes(house, { name, learnTonight }),
    route(listClusters, async ({ actor, actor: { tenantId } }) => {
      const questions = await inTenant(house, tenantId, (tx) => readOpenQuestions(tx, tenantId));
      const groups = groupQuestions(questions, house.clock.now());
      const shown = groups.items.flatMap((group) => group.questions);
      const conversationIds = shown.map(({ conversationId }) => conversationId);
      await inTenant(house, tenantId, (tx) => logShown(house, tx, { actor, conversationIds }));
      return groups;
    }),
    route(makeTopic, ({ actor: { tenantId }, body }) =>
      changeKnowledge(house, tenantId, (tx) => makeTopicOf(tx, tenantId, body)),
    ),
  ];
}

interface Inbox {
  name: ReturnType<typeof namesIn>;
  learnTonight(tx: Tx<ServiceTables>, tenantId: number, timeZone: string): Promise<void>;
}

function inboxRoutes(house: House, { name, learnTonight }: Inbox): AnyRoute[] {
  return [
    route(listProposals, ({ actor, actor: { tenantId }, query }) =>
      name(tenantId, async (names, tx) => {
        const after = Number(/^\d{1,15}$/.exec(query.cursor ?? "")?.[0] ?? 0);
        const now = house.clock.now();
        // What customers chose since the last look stands among the proposals from here on.
        if (after === 0)
          await collectChoices(tx, tenantId, {
            from: new Date(now - CHECK_DAYS * DAY_MS),
            now: new Date(now),
          });
        const rows = await listRows(tx, tenantId, { after, limit: query.limit + 1 });
        const state = await readInboxState(tx, tenantId);
        const items = rows.slice(0, query.limit);
        await logShown(house, tx, {
          actor,
          conversationIds: items.map(({ conversation_id }) => conversation_id),
        });
        return {
          items: items.map((row) => ({
            id: row.id,
            conversationId: row.conversation_id,
            text: row.text,
            language: row.language,
            topic: names.get(row.intent ?? "") ?? null,
            heldFor: names.get(row.held_for ?? "") ?? null,
            origin: row.origin,
            proposedAt: row.proposed_at.toISOString(),
          })),
          next: rows.length > query.limit ? String(items.at(-1)?.id ?? "") : null,
          open: state.open,
          waiting: state.waiting,
          nightAt: state.night_at?.toISOString() ?? null,
        };
      }),
    ),
    route(decideProposals, async ({ actor: { tenantId }, body }) => {
      const { timeZone } = await house.profile(tenantId);
      return inTenant(house, tenantId, async (tx) => {
        const decided = await decide(tx, tenantId, { ...body, now: new Date(house.clock.now()) });
        if (decided.accepted > 0) await learnTonight(tx, tenantId, timeZone);
        return decided;
      });
    }),
    route(trainNow, async ({ actor: { tenantId } }) => {
      // The night's work, now: the same timer, so that it is not done twice.
      await scheduleTimer(house, { tenantId, kind: NIGHT, key: "knowledge", dueAt: house.clock.now() });
      return { ok: true as const };
    }),
    route(listChecks, ({ actor, actor: { tenantId } }) =>
      name(tenantId, async (names, tx) => {
        const from = new Date(house.clock.now() - CHECK_DAYS * DAY_MS);
        const rows = await drawChecks(tx, tenantId, from);
        await logShown(house, tx, {
          actor,
          conversationIds: rows.map(({ conversation_id }) => conversation_id),
        });
        return {
          items: rows.map((row) => ({
            conversationId: row.conversation_id,
            messageId: row.message_id,
            text: row.text,
            language: row.language,
            heldFor: names.get(row.topic ?? "") ?? null,
            zone: row.zone,
          })),
          measured: await countHeldOut(tx, tenantId),
        };
      }),
    ),
    route(answerCheck, async ({ actor: { tenantId }, body }) => {
      const { timeZone } = await house.profile(tenantId);
      await inTenant(house, tenantId, async (tx) => {
        await keepCheck(tx, tenantId, body);
        await learnTonight(tx, tenantId, timeZone);
      });
      return { ok: true as const };
    }),
  ];
}

const SHOWN_CLUSTERS = 50;
const SHOWN_QUESTIONS = 50;
const SEED = 1;

function groupQuestions(questions: readonly OpenQuestion[], now: number) {
  const groups = cluster(
    questions.map(({ question }) => question),
    { seed: SEED },
  );
  const week = (rows: readonly OpenQuestion[], back: number) =>
    rows.filter(({ asked_at }) => Math.floor((now - asked_at.getTime()) / (7 * DAY_MS)) === back).length;
  const items = groups.slice(0, SHOWN_CLUSTERS).map(({ label, members }) => {
    const rows = members.flatMap((member) => questions[member] ?? []);
    return {
      label,
      language: mostlyIn(rows),
      count: rows.length,
      lastWeek: week(rows, 0),
      weekBefore: week(rows, 1),
      questions: rows.slice(0, SHOWN_QUESTIONS).map((row) => ({
        conversationId: row.conversation_id,
        questionKey: row.question_key,
        text: row.question,
      })),
    };
  });
  const grouped = groups.reduce((sum, { members }) => sum + members.length, 0);
  return { items, alone: questions.length - grouped };
}

function mostlyIn(rows: readonly OpenQuestion[]): Language {
  const german = rows.filter(({ language }) => language === "de").length;
  return 2 * german >= rows.length ? "de" : "en";
}
