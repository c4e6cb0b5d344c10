import type { Closing, House } from "#kernel";
import { line } from "./log.ts";
import { openQuestionsIn } from "./questions.ts";
import type { OwnTx } from "./tx.ts";

/** A conversation is not closed over an open question without saying so. */
export function sayWhatIsOpen(house: House): Closing {
  return async (tx, { tenantId, conversationId, now }) => {
    const own = tx as unknown as OwnTx;
    const [open] = await openQuestionsIn(own, tenantId, conversationId);
    if (!open) return [];
    const { language } = await house.profile(tenantId);
    const place = { id: conversationId, language };
    const says = { key: "closedOpen", values: { name: open.to_name } };
    return [await line(house, own, { tenantId, place, questionId: open.id, now }, says)];
  };
}
