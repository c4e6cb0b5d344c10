import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import type { Desk } from "../ports.ts";
import { askColleague } from "../store/asking.ts";
import { draftOf } from "../store/drafts.ts";
import { lockPlace } from "../store/place.ts";
import { questionOf, questionsIn } from "../store/questions.ts";
import { withdrawQuestion } from "../store/sending.ts";
import { inTenant } from "../store/tx.ts";

/** Questions about a conversation, behind api.ts. */
export function questionRoutes(house: House, desk: Desk): AnyRoute[] {
  return [
    route(api.listQuestions, ({ actor: { tenantId }, params }) =>
      inTenant(house, tenantId, async (tx) => ({
        items: (await questionsIn(tx, tenantId, params.id)).map(questionOf),
      })),
    ),
    route(api.previewQuestion, async ({ actor, params, body: input }) => {
      const { tenantId } = actor;
      const profile = await house.profile(tenantId);
      return inTenant(house, tenantId, async (tx) => {
        const place = await lockPlace(tx, tenantId, params.id);
        const draft = await draftOf(tx, { profile, actor, place, input, now: house.clock.now() });
        return { subject: draft.subject, text: draft.letter, files: draft.files };
      });
    }),
    route(api.askColleague, ({ actor, params, body }) =>
      askColleague(house, desk, actor, { conversationId: params.id, input: body }),
    ),
    route(api.withdrawQuestion, async ({ actor, params }) =>
      questionOf(
        await withdrawQuestion(house, {
          tenantId: actor.tenantId,
          questionId: params.id,
          agent: actor.name,
        }),
      ),
    ),
  ];
}
