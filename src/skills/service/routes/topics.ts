import { type AnyRoute, type House, route, type Tx } from "#kernel";
import { createTopic, deleteTopic, getTopic, listTopics, replaceTopic } from "../api.ts";
import { logShown } from "../store/readers.ts";
import { insertTopic, listTopics as listRows, readTopic, removeTopic, updateTopic } from "../store/topics.ts";
import type { ServiceTables } from "../tables.ts";
import { changeKnowledge } from "./change.ts";

export function topicRoutes(house: House): readonly AnyRoute[] {
  const change = <T>(tenantId: number, work: (tx: Tx<ServiceTables>) => Promise<T>): Promise<T> =>
    changeKnowledge(house, tenantId, work);
  return [
    route(listTopics, async ({ actor }) => {
      const { language } = await house.profile(actor.tenantId);
      const rows = await house.db.tenant<Awaited<ReturnType<typeof listRows>>, ServiceTables>(
        actor.tenantId,
        (tx) => listRows(tx, actor.tenantId),
      );
      const items = rows.map((row) => ({
        id: row.id,
        intent: row.intent,
        title: (language === "de" ? row.title_de || row.title_en : row.title_en || row.title_de) || row.label,
        titles: { de: row.title_de, en: row.title_en },
        examples: { de: row.examples_de, en: row.examples_en },
        languages: [...row.languages],
        asked: row.asked,
        answered: row.answered,
        placeholder: row.languages.length === 0,
        unfilled: row.is_unfilled,
      }));
      return { items };
    }),
    route(getTopic, ({ actor, params }) =>
      house.db.tenant<Awaited<ReturnType<typeof readTopic>>, ServiceTables>(actor.tenantId, async (tx) => {
        await logShown(house, tx, { actor, topicId: params.id });
        return readTopic(tx, actor.tenantId, params.id);
      }),
    ),
    route(createTopic, ({ actor, body }) =>
      change(actor.tenantId, async (tx) =>
        readTopic(tx, actor.tenantId, await insertTopic(tx, actor.tenantId, body)),
      ),
    ),
    route(replaceTopic, ({ actor, params, body }) =>
      change(actor.tenantId, async (tx) => {
        await updateTopic(tx, actor.tenantId, { ...body, id: params.id });
        return readTopic(tx, actor.tenantId, params.id);
      }),
    ),
    route(deleteTopic, ({ actor, params }) =>
      change(actor.tenantId, async (tx) => {
        await removeTopic(tx, actor.tenantId, params.id);
        return { ok: true as const };
      }),
    ),
  ];
}
