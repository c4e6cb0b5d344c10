import { z } from "zod";
import { type Effect, localDate, type Option, START_STEP, type Turn } from "#kernel";
import { KINDS, type Kind } from "../api/record.ts";
import { isVouched, NEEDED } from "../rules/proof.ts";
import {
  isAnotherMatter,
  mayBePostcode,
  readCode,
  readDay,
  readName,
  readNamedReference,
  readPostcode,
  readPostcodeAlone,
  readReference,
  wantsNewCode,
  wantsToStop,
} from "../rules/reading.ts";
import { CALL, MOST_TRIES, STEPS, type Step, type Wish, wish } from "./wish.ts";
import { catalogue, type Speaking, say } from "./words.ts";

export { catalogue };

const ROOM = "lookup";

/** With what another skill starts this one. */
const started = z.object({
  language: z.enum(["de", "en"]),
  reference: z.string().max(80).optional(),
  opening: z
    .object({
      text: z.string(),
      source: z.string().optional(),
      link: z.string().optional(),
      options: z.custom<readonly Option[]>((value) => Array.isArray(value)).optional(),
    })
    .optional(),
});
type Opening = z.output<typeof started>["opening"];

/**
 * One message of somebody who wants to know what became of something. Pure: it asks for what is missing and sets the timer
 * that looks it up.
 * @param kinds what the company's registers know
 * @returns null for what is another matter, or is not connected
 */
export function decide(turn: Turn, kinds: ReadonlySet<Kind>): readonly Effect[] | null {
  const { flow } = turn.conversation;
  if (flow?.skill !== ROOM || turn.late) return null;
  if (flow.step === START_STEP) return begin(turn, kinds);
  const known = wish.safeParse(flow.data);
  const text = turn.message.text.trim();
  if (!known.success || turn.message.content.type !== "text" || text === "") return null;
  if (flow.flow === "") return kinds.has(known.data.kind) ? takeBeforeAsked(turn, known.data, text) : null;
  const step = STEPS.find((one) => one === flow.step);
  if (!step) return null;
  const speaking = speakingOf(turn, known.data.language);
  if (wantsToStop(text)) {
    const stop = step === "looking" ? [callOf(turn, known.data, { isStopped: true })] : [];
    return [{ do: "say", text: say(speaking, "stopped") }, ...stop, { do: "endFlow" }];
  }
  return take(turn, { wish: known.data, step, text });
}

function begin(turn: Turn, kinds: ReadonlySet<Kind>): readonly Effect[] | null {
  const { flow } = turn.conversation;
  const kind = KINDS.find((one) => one === flow?.flow);
  const given = started.safeParse(flow?.data);
  if (!kind || !given.success || !kinds.has(kind)) return null;
  const { language, opening } = given.data;
  const text = turn.message.content.type === "text" ? turn.message.text : "";
  const today = localDate(turn.now, turn.tenant.timeZone);
  const reference =
    kind === "appointment" ? readDay(text, today) : (given.data.reference ?? readNamedReference(text));
  const postcode = readPostcode(text, { reference: reference ?? "", mustBeNamed: true });
  const start: Wish = { kind, language, reference: reference ?? "", tries: 0, ...(postcode && { postcode }) };
  return goOn(turn, start, opening);
}

interface Taking {
  readonly wish: Wish;
  readonly step: Step;
  readonly text: string;
}

function take(turn: Turn, { wish, step, text }: Taking): readonly Effect[] | null {
  switch (step) {
    case "reference":
      return takeReference(turn, wish, text);
    case "postcode": {
      const postcode = readPostcode(text, { reference: wish.reference, mustBeNamed: false });
      return postcode ? goOn(turn, { ...wish, postcode }) : miss(turn, { wish, step, text }, "againPostcode");
    }
    case "name": {
      const name = readName(text);
      return name ? goOn(turn, { ...wish, name }) : miss(turn, { wish, step, text }, "againName");
    }
    case "code": {
      const { code: _, ...before } = wish;
      if (wantsNewCode(text)) return goOn(turn, before);
      const code = readCode(text);
      return code ? goOn(turn, { ...wish, code }) : miss(turn, { wish, step, text }, "againCode");
    }
    case "looking": {
      const stillLooking = say(speakingOf(turn, wish.language), "stillLooking");
      const more = takeBeforeAsked(turn, wish, text);
      if (more) return more.map((one) => (one.do === "ask" ? { ...one, text: stillLooking } : one));
      // The answer is under way whatever is written; only what is another matter goes elsewhere.
      return isAnotherMatter(text) ? null : [ask({ wish, step }, stillLooking)];
    }
  }
}

/**
 * Number and postcode in two messages, quicker than the question for the second is asked: the postcode belongs to the number
 * and is none itself, whichever came first. @returns null when the message is neither
 */
function takeBeforeAsked(turn: Turn, before: Wish, text: string): readonly Effect[] | null {
  const { kind, reference } = before;
  if (kind === "appointment" || kind === "invoice" || before.postcode !== undefined || reference === "")
    return null;
  const number = mayBePostcode(reference) ? readNamedReference(text) : null;
  if (number !== null && !mayBePostcode(number))
    return goOn(turn, { ...before, reference: number, postcode: reference });
  const postcode = readPostcodeAlone(text);
  return postcode === null ? null : goOn(turn, { ...before, postcode });
}

/** A number alone begins anew: with it may come the postcode. */
function takeReference(turn: Turn, before: Wish, text: string): readonly Effect[] | null {
  const { kind, language, tries } = before;
  const today = localDate(turn.now, turn.tenant.timeZone);
  const reference = kind === "appointment" ? readDay(text, today) : readReference(text);
  if (reference === null)
    return miss(
      turn,
      { wish: before, step: "reference", text },
      kind === "appointment" ? "again.day" : "again.reference",
    );
  const postcode = readPostcode(text.replace(reference, " "), { reference, mustBeNamed: false });
  const isGiven = kind !== "appointment" && kind !== "invoice" && postcode !== null;
  return goOn(turn, { kind, language, tries, reference, ...(isGiven && { postcode }) });
}

/** Asks for what is missing, or looks it up. */
function goOn(turn: Turn, wish: Wish, opening?: Opening): readonly Effect[] {
  const speaking = speakingOf(turn, wish.language);
  if (wish.reference === "") {
    const { text = say(speaking, `ask.${wish.kind}`), ...rest } = opening ?? {};
    return [ask({ wish, step: "reference" }, text, rest)];
  }
  const isAsking =
    wish.postcode !== undefined ||
    wish.name !== undefined ||
    NEEDED[wish.kind] === "amounts" ||
    isVouched(turn.channel.kind);
  // Where nothing is asked outside yet, the next question comes at once, without a word before it. Whoever answers it before
  // it is asked is understood, too.
  if (!isAsking) return [callOf(turn, wish), { do: "keep", data: { ...wish } }];
  return [callOf(turn, wish, { isOpen: true }), ask({ wish, step: "looking" }, say(speaking, "looking"))];
}

/** One question of a conversation at a time: a newer one takes the place of what was not asked yet, and so does a stop. */
function callOf(turn: Turn, wish: Wish, how: { isOpen?: true; isStopped?: true } = {}): Effect {
  const { conversation, message } = turn;
  return {
    do: "schedule",
    kind: CALL,
    key: String(conversation.id),
    dueAt: turn.now,
    payload: { ...wish, ...how, conversationId: conversation.id, messageId: message.id },
  };
}

/** Not understood: asked once more, then a person helps; whoever writes about something else is let go. */
function miss(turn: Turn, { wish, step, text }: Taking, key: string): readonly Effect[] | null {
  if (isAnotherMatter(text)) return null;
  const tries = wish.tries + 1;
  const speaking = speakingOf(turn, wish.language);
  if (tries >= MOST_TRIES) return toPerson(turn, wish);
  const values = { number: wish.reference, ask: say(speaking, `ask.${wish.kind}`) };
  return [ask({ wish: { ...wish, tries }, step }, say(speaking, key, values))];
}

function toPerson(turn: Turn, { kind, language, reference }: Wish): readonly Effect[] {
  const { tenant } = turn;
  const customer = speakingOf(turn, language);
  const team = { language: tenant.language, form: tenant.teamFormOfAddress };
  const noun = say(team, `noun.${kind}`);
  return [
    {
      do: "say",
      text: say(customer, reference === "" ? "toPersonPlain" : "toPerson", { number: reference }),
    },
    { do: "handOver", reason: "flow", summary: say(team, "team.asks", { noun, number: reference }).trim() },
  ];
}

function ask(
  { wish, step }: { wish: Wish; step: Step },
  text: string,
  more: { options?: readonly Option[]; link?: string; source?: string } = {},
): Effect {
  return { do: "ask", flow: wish.kind, step, data: { ...wish }, text, ...more };
}

export function speakingOf(
  { tenant, now }: Pick<Turn, "tenant" | "now">,
  language: Wish["language"],
): Speaking {
  return { language, form: tenant.formOfAddress, timeZone: tenant.timeZone, now };
}
