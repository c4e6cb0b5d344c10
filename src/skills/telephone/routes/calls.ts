import { type AnyRoute, AppError, type House, route } from "#kernel";
import { changeCall, listCalls, logCall, undoCall } from "../api.ts";
import { catalogue } from "../flows/words.ts";
import type { Outside } from "../ports.ts";
import { callByKey, callsOfPerson, readCall, shownCall } from "../store/call-rows.ts";
import { changeCallWords, takeCallBack } from "../store/changing.ts";
import { writeCall } from "../store/logging.ts";
import { tellTried } from "../store/telling.ts";
import { inTenant } from "../store/tx.ts";

export function callRoutes(house: House, { topics }: Outside): readonly AnyRoute[] {
  return [
    route(logCall, async ({ actor, body }) => {
      const { tenantId, staffId } = actor;
      const now = house.clock.now();
      const key = `desk ${staffId} ${body.clientId}`;
      const { call, tried } = await inTenant(house, tenantId, async (tx) => {
        const before = await callByKey(tx, tenantId, key);
        if (before) return { call: shownCall(before, { staffId, now }), tried: null };
        const logged = await writeCall(tx, { house, actor, topics, now }, body, key);
        const row = await readCall(tx, tenantId, logged.callId);
        return { call: shownCall(row, { staffId, now }), tried: logged.tried };
      }).catch((error: unknown) => {
        // Two clicks at once: the second one finds that the first has written it.
        if ((error as { code?: string }).code !== UNIQUE) throw error;
        throw new AppError("conflict", "This call is being logged already.");
      });
      // Apart: it locks the conversation anew. What is lost by a crash here is said after the next try.
      const told =
        tried &&
        (await inTenant(house, tenantId, (tx) =>
          tellTried(house, tx, catalogue, { tenantId, ...tried, now }),
        ));
      return { call, told };
    }),
    route(changeCall, ({ actor: { tenantId, staffId }, params: { id }, body }) => {
      const now = house.clock.now();
      return inTenant(house, tenantId, async (tx) => {
        await changeCallWords(tx, { tenantId, staffId, now, topics }, id, body);
        return shownCall(await readCall(tx, tenantId, id), { staffId, now });
      });
    }),
    route(undoCall, async ({ actor: { tenantId, staffId }, params: { id } }) => {
      const now = house.clock.now();
      await inTenant(house, tenantId, (tx) => takeCallBack(tx, { tenantId, staffId, now, topics }, id));
      return { ok: true as const };
    }),
    route(listCalls, ({ actor: { tenantId, staffId }, params: { id } }) =>
      inTenant(house, tenantId, async (tx) => ({
        items: (await callsOfPerson(tx, tenantId, id)).map((row) =>
          shownCall(row, { staffId, now: house.clock.now() }),
        ),
      })),
    ),
  ];
}

/** PostgreSQL: unique_violation */
const UNIQUE = "23505";
