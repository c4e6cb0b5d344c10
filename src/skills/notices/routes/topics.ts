import { type AnyRoute, type House, route } from "#kernel";
import {
  createNoticeTemplate,
  createNoticeTopic,
  deleteNoticeTemplate,
  deleteNoticeTopic,
  getNoticeSettings,
  listNoticeTemplates,
  listNoticeTopics,
  replaceNoticeTemplate,
  replaceNoticeTopic,
  saveNoticeSettings,
} from "../api.ts";
import type { Feeder } from "../store/feeder.ts";
import { TOPICS } from "../store/known-topics.ts";
import { endTopic } from "../store/lifecycle.ts";
import { readSettings, saveSettings } from "../store/settings.ts";
import {
  insertTemplate,
  listTemplates,
  readTemplate,
  removeTemplate,
  updateTemplate,
} from "../store/templates.ts";
import { insertTopic, listTopics, readTopic, updateTopic } from "../store/topics.ts";
import { inTenant } from "../store/tx.ts";

/** Topics, templates and settings. */
export function topicRoutes(house: House, feeder: Feeder): readonly AnyRoute[] {
  return [
    route(listNoticeTopics, async ({ actor: { tenantId } }) => ({
      items: await inTenant(house, tenantId, (tx) => listTopics(tx, tenantId)),
    })),
    route(createNoticeTopic, async ({ actor: { tenantId }, body }) => {
      const topic = await inTenant(house, tenantId, async (tx) =>
        readTopic(tx, tenantId, await insertTopic(tx, tenantId, body, house.clock.now())),
      );
      await house.announce(TOPICS, tenantId);
      return topic;
    }),
    route(replaceNoticeTopic, async ({ actor: { tenantId }, params, body }) => {
      const topic = await inTenant(house, tenantId, async (tx) => {
        await updateTopic(tx, tenantId, { ...body, id: params.id }, house.clock.now());
        return readTopic(tx, tenantId, params.id);
      });
      await house.announce(TOPICS, tenantId);
      return topic;
    }),
    route(deleteNoticeTopic, async ({ actor: { tenantId, staffId }, params }) => {
      const told = await endTopic(house, feeder, { tenantId, topicId: params.id, by: staffId });
      await house.announce(TOPICS, tenantId);
      return { ok: true as const, told };
    }),
    ...templateRoutes(house),
    route(getNoticeSettings, ({ actor: { tenantId } }) =>
      inTenant(house, tenantId, (tx) => readSettings(tx, tenantId)),
    ),
    route(saveNoticeSettings, ({ actor: { tenantId }, body }) => saveSettings(house, tenantId, body)),
  ];
}

function templateRoutes(house: House): readonly AnyRoute[] {
  const one = (tenantId: number, id: number) =>
    inTenant(house, tenantId, (tx) => readTemplate(tx, tenantId, id)).then(shown);
  const shown = <T extends { variables: readonly string[] }>(template: T) => ({
    ...template,
    variables: [...template.variables],
  });
  return [
    route(listNoticeTemplates, async ({ actor: { tenantId } }) => ({
      items: (await inTenant(house, tenantId, (tx) => listTemplates(tx, tenantId))).map(shown),
    })),
    route(createNoticeTemplate, async ({ actor: { tenantId }, body }) =>
      one(
        tenantId,
        await inTenant(house, tenantId, (tx) => insertTemplate(tx, tenantId, body, house.clock.now())),
      ),
    ),
    route(replaceNoticeTemplate, async ({ actor: { tenantId }, params, body }) => {
      await inTenant(house, tenantId, (tx) =>
        updateTemplate(tx, tenantId, { ...body, id: params.id }, house.clock.now()),
      );
      return one(tenantId, params.id);
    }),
    route(deleteNoticeTemplate, async ({ actor: { tenantId }, params }) => {
      await inTenant(house, tenantId, (tx) => removeTemplate(tx, tenantId, params.id, house.clock.now()));
      return { ok: true as const };
    }),
  ];
}
