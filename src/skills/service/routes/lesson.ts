import { type AnyRoute, type House, route } from "#kernel";
import { conversationLesson, proposeExample } from "../api.ts";
import { predict } from "../engine/index.ts";
import { propose, readQuestion, readSaid, readTaught } from "../store/proposals.ts";
import { logShown } from "../store/readers.ts";
import { inTenant, namesIn } from "./change.ts";
import type { RouteParts } from "./index.ts";

/** "This was topic X": what a colleague says of a case, learnt of the very words that were shown. */
export function lessonRoutes(house: House, { cache }: Pick<RouteParts, "cache">): readonly AnyRoute[] {
  const name = namesIn(house);
  const likely = async (tenantId: number, text: string): Promise<readonly string[]> => {
    await cache.prepare([tenantId]);
    const { model, knowledge } = cache.known(tenantId);
    if (!model || text === "") return [];
    return predict(model, text, (intent) => knowledge.topics.has(intent)).candidates.map(
      ({ intent }) => intent,
    );
  };
  return [
    route(conversationLesson, async ({ actor, actor: { tenantId }, params }) =>
      name(tenantId, async (names, tx) => {
        const question = await readQuestion(tx, tenantId, params.id);
        if (!question) return { question: null, messageId: null, taught: null, topics: [] };
        await logShown(house, tx, { actor, conversationIds: [params.id] });
        const guesses = await likely(tenantId, question.text);
        const { message_id: messageId } = question;
        const taught = await readTaught(tx, tenantId, { conversationId: params.id, messageId });
        return {
          question: question.text,
          messageId,
          taught: taught && {
            topic: names.get(taught.intent ?? "") ?? null,
            isAccepted: taught.is_accepted,
          },
          topics: [...new Set([...guesses, ...(question.topic ? [question.topic] : [])])]
            .flatMap((intent) => names.get(intent) ?? [])
            .slice(0, 5),
        };
      }),
    ),
    route(proposeExample, async ({ actor: { tenantId }, params, body }) => {
      const { language } = await house.profile(tenantId);
      await inTenant(house, tenantId, async (tx) => {
        const message = await readSaid(tx, tenantId, {
          conversationId: params.id,
          messageId: body.messageId,
        });
        const now = house.clock.now();
        await propose(tx, tenantId, {
          conversationId: params.id,
          message,
          topicId: body.topicId,
          language,
          now,
        });
      });
      return { ok: true as const };
    }),
  ];
}
