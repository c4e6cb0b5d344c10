import { type Effect, type Turn, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";
import { readPaymentWords } from "../rules/speech.ts";
import { ANSWER, CONSENT, DISPUTE } from "../rules/timer-kinds.ts";
import { readTap } from "./option-ids.ts";

/** Contacts of one company of whom something was asked. */
export type AskedContacts = ReadonlySet<number>;

/**
 * What this skill does with one message. Pure. Only people of whom something was asked are heard; what is open is looked up
 * in the ledger by a job, because the money may have come a second ago.
 * @returns null when others may answer
 */
export function decide(turn: Turn, asked: AskedContacts): readonly Effect[] | null {
  if (!asked.has(turn.contact.id) || turn.late) return null;
  const { content, text } = turn.message;
  const { conversation } = turn;
  if (content.type === "choice") {
    const tap = readTap(content.id);
    if (!tap) return null;
    if (tap.act === "remind") return [later(turn, CONSENT, { requestId: tap.requestId })];
    return disputed(turn, tap.requestId);
  }
  if (content.type !== "text") return null;
  // A step that another skill has opened is answered there.
  if (conversation.flow && conversation.flow.skill !== "pay" && conversation.flow.flow !== "") return null;
  const said = readPaymentWords(text);
  if (said === null) return null;
  if (said === "dispute") return conversation.isHeld ? null : disputed(turn, null);
  return [later(turn, ANSWER, { what: said }), { do: "endFlow" }];
}

/** Whether somebody owes is between people: nobody is reminded by an automaton meanwhile. */
function disputed(turn: Turn, requestId: number | null): readonly Effect[] {
  const { tenant, conversation } = turn;
  const say = (key: string, form = tenant.formOfAddress, language = conversation.language) =>
    translate(catalogue, { language, form }, key);
  const told: Effect = { do: "say", text: say("disputed") };
  const noted = later(turn, DISPUTE, { requestId });
  if (conversation.isHeld || conversation.isWaiting) return [told, noted];
  const summary = say("staffDispute", tenant.teamFormOfAddress, tenant.language);
  return [told, noted, { do: "handOver", reason: "complaint", summary }];
}

/** What a job needs to answer this very message. */
function later(turn: Turn, kind: string, payload: Readonly<Record<string, unknown>>): Effect {
  return {
    do: "schedule",
    kind,
    key: turn.message.id,
    dueAt: turn.now,
    payload: {
      ...payload,
      contactId: turn.contact.id,
      channelId: turn.channel.id,
      conversationId: turn.conversation.id,
      messageId: turn.message.id,
    },
  };
}
