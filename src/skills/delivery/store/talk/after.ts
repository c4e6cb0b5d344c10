import type { House } from "#kernel";
import type { AnswerTaken } from "../../flows/afterwards.ts";
import type { Outcome } from "../../flows/outcome.ts";
import type { Act } from "../../flows/talk.ts";
import { badSummary, waitForWords } from "../after/answers.ts";
import { writeAnswer } from "../after/question.ts";
import { readLive } from "../live.ts";
import { inTenant } from "../tx.ts";

/** What a customer says of a delivery that is over, done. */

interface Answering {
  readonly carrierId: number;
  /** Whose conversation it is, where another company drives. */
  readonly senderId: number | null;
  readonly act: Extract<Act, { do: "answer" }>;
  readonly now: number;
}

/** The answer to the question of the next morning. Repeatable: the first one stays. */
export async function takeAnswer(
  house: House,
  { carrierId, senderId, act, now }: Answering,
): Promise<Outcome> {
  const { deliveryId, answer, words } = act;
  const tenant = await house.profile(senderId ?? carrierId);
  return inTenant(house, carrierId, async (tx): Promise<Outcome> => {
    const delivery = await readLive(tx, carrierId, deliveryId);
    if (delivery?.state !== "done") return { is: "nothing" };
    const isNew = await writeAnswer(tx, { tenantId: carrierId, id: deliveryId, answer, words, now });
    if (isNew && answer === "bad" && words === "")
      await waitForWords(tx, { tenantId: carrierId, deliveryId, now });
    const summary = badSummary({ tenant, timeZone: delivery.timeZone }, delivery, words);
    const taken: AnswerTaken = { answer, words, isKnown: !isNew, summary, deliveryId };
    return { is: "answered", taken };
  });
}
