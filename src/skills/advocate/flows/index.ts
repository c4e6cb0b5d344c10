import { type Effect, localDate, type Turn } from "#kernel";
import { RULES } from "../rules/rule-list.ts";
import { readTap, type Tap, tapId } from "./option-ids.ts";
import { type Voice, words } from "./words.ts";

/** Timers that write what a turn decided, see jobs.ts. */
export const CANCEL = "advocate_cancel";
export const KEEP = "advocate_keep";
export const CHOOSE = "advocate_choose";

const WISH = /^(?:warnungen|warnung|warn mich|warnt mich|warnen sie mich|warnings?|warn me)[.!?]?$/i;
const YES = /^(?:ja|ja bitte|ja,? kündigen|yes|yes please|yes,? cancel)[.!]?$/i;
const NO = /^(?:nein|nein danke|nein,? behalten|no|no thanks|no,? keep it)[.!]?$/i;
const CANCELLING = "cancel";

/**
 * Pure. Taps carry all they need, so that one on an old warning, or one that comes late, counts as well.
 * @param off kinds of warning that this company does not offer
 */
export function advocateTurn(turn: Turn, off: ReadonlySet<string>): readonly Effect[] | null {
  const { content, text } = turn.message;
  const tap = content.type === "choice" ? readTap(content.id) : typedTap(turn);
  if (tap) return answer(turn, tap, off);
  return WISH.test(text.trim()) ? menu(turn, off) : null;
}

/** Yes or no in words, while the question stands open. */
function typedTap({ conversation, message }: Turn): Tap | null {
  const { flow } = conversation;
  if (flow?.skill !== "advocate" || flow.flow !== CANCELLING) return null;
  const asked = readTap(String(flow.data.tap ?? ""));
  if (asked?.do !== "sure") return null;
  const text = message.text.trim();
  if (YES.test(text)) return asked;
  return NO.test(text) ? { do: "keep", factId: asked.factId } : null;
}

function voiceOf({ conversation, tenant }: Turn): Voice {
  return { language: conversation.language, form: tenant.formOfAddress };
}

function answer(turn: Turn, tap: Tap, off: ReadonlySet<string>): readonly Effect[] {
  const voice = voiceOf(turn);
  switch (tap.do) {
    case "cancel":
      return askCancel(turn, tap);
    case "sure":
      return takeCancellation(turn, tap);
    case "keep":
      return [
        later(turn, KEEP, `${turn.contact.id}:${tap.factId}`, { factId: tap.factId }),
        { do: "say", text: words(voice, "kept") },
        { do: "endFlow" },
      ];
    case "why":
      return isTopic(tap.rule) && tap.rule !== ""
        ? [{ do: "say", text: words(voice, `why_${tap.rule}`) }]
        : menu(turn, off);
    case "on":
    case "off":
      return choose(turn, tap, off);
  }
}

/** "" is the whole purpose. */
function isTopic(topic: string): boolean {
  return topic === "" || RULES.some(({ id }) => id === topic);
}

function menu(turn: Turn, off: ReadonlySet<string>): readonly Effect[] {
  const voice = voiceOf(turn);
  const options = ["", ...RULES.map(({ id }) => id).filter((id) => !off.has(id))].map((topic) => ({
    id: tapId({ do: "on", topic }),
    title: words(voice, `option_${topic || "all"}`),
  }));
  return [{ do: "say", text: words(voice, "menu", { company: turn.tenant.name }), options }];
}

function choose(
  turn: Turn,
  tap: Extract<Tap, { do: "on" | "off" | "why" }>,
  off: ReadonlySet<string>,
): readonly Effect[] {
  const topic = "topic" in tap ? tap.topic : tap.rule;
  // A tap on an old menu promises nothing that is not kept.
  if (!isTopic(topic) || (tap.do === "on" && off.has(topic))) return menu(turn, off);
  const voice = voiceOf(turn);
  const isOn = tap.do === "on";
  const promise = words(voice, `promise_${topic || "all"}`);
  const payload = {
    topic,
    isOn,
    language: voice.language,
    // The exact words that were read and tapped.
    text: `${words(voice, "menu", { company: turn.tenant.name })} [${words(voice, `option_${topic || "all"}`)}] ${promise}`,
  };
  return [
    later(turn, CHOOSE, `${turn.contact.id}:${turn.channel.id}:${topic}`, payload),
    { do: "say", text: isOn ? words(voice, "granted", { promise }) : words(voice, "withdrawn") },
  ];
}

function askCancel(turn: Turn, tap: Extract<Tap, { termEnd: string }>): readonly Effect[] {
  const voice = voiceOf(turn);
  const tooLate = lateAnswer(turn, tap);
  if (tooLate) return tooLate;
  const sure = tapId({ ...tap, do: "sure" });
  return [
    {
      do: "ask",
      flow: CANCELLING,
      step: "sure",
      data: { tap: sure },
      text: words(voice, "cancelAsk", { lastDay: tap.lastDay, endsOn: tap.termEnd }),
      options: [
        { id: sure, title: words(voice, "optionSure") },
        { id: tapId({ do: "keep", factId: tap.factId }), title: words(voice, "optionNo") },
      ],
    },
  ];
}

function lateAnswer(turn: Turn, tap: Extract<Tap, { termEnd: string }>): readonly Effect[] | null {
  if (localDate(turn.now, turn.tenant.timeZone) <= tap.lastDay) return null;
  const text = words(voiceOf(turn), "cancelTooLate", { lastDay: tap.lastDay });
  return [
    { do: "say", text },
    { do: "handOver", reason: "flow", summary: text },
  ];
}

/** Said and confirmed at once (BGB section 312k, paragraph 4, asks for content, date and time), then seen by a person. */
function takeCancellation(turn: Turn, tap: Extract<Tap, { termEnd: string }>): readonly Effect[] {
  const tooLate = lateAnswer(turn, tap);
  if (tooLate) return tooLate;
  const { tenant, now } = turn;
  const values = { endsOn: tap.termEnd, ...moment(now, tenant.timeZone) };
  const team: Voice = { language: tenant.language, form: tenant.teamFormOfAddress };
  return [
    later(turn, CANCEL, `${turn.contact.id}:${tap.factId}:${tap.termEnd}`, { ...tap, saidAt: now }),
    { do: "say", text: words(voiceOf(turn), "cancelTaken", values) },
    { do: "handOver", reason: "flow", summary: words(team, "cancelSummary", values) },
  ];
}

/** Day and minute on the company's clock. */
export function moment(now: number, timeZone: string): { arrivedOn: string; time: string } {
  const time = new Intl.DateTimeFormat("de-DE", { timeZone, hour: "2-digit", minute: "2-digit" }).format(now);
  return { arrivedOn: localDate(now, timeZone), time };
}

function later(turn: Turn, kind: string, key: string, payload: Readonly<Record<string, unknown>>): Effect {
  return {
    do: "schedule",
    kind,
    key,
    dueAt: turn.now,
    payload: {
      ...payload,
      contactId: turn.contact.id,
      channelId: turn.channel.id,
      messageId: turn.message.id,
    },
  };
}
