import { type Effect, type Language, type Option, type Turn, translate } from "#kernel";
import { catalogue } from "../rules/describe.ts";
import { wordsOf } from "../rules/fold.ts";
import type { Rhythm } from "../rules/rhythm.ts";
import type { KnownTopic } from "../rules/wish.ts";

/** Ids of options; they come back in a `choice`, today or in a year. */
export const TOPIC_ID = "notices:topic:";
export const END_ID = "notices:end:";
export const YES_ID = "notices:yes";
export const NO_ID = "notices:no";

export const FLOW = "subscribe";

export interface Scene {
  turn: Turn;
  topics: readonly KnownTopic[];
  language: Language;
  words: string;
}

/** Where a subscription in the making stands; kept in the conversation between two messages. */
export interface Making {
  topicId: number;
  values: readonly string[];
  rhythm: Rhythm;
  tries: number;
}

const MARKS: Readonly<Record<Language, RegExp>> = {
  de: / (?:abo|abos|abonnieren|abonniere|abbestellen|meine|meldungen|benachrichtigungen|hinweise|bescheid|werktags|wochentags|taeglich|wochenende|bis|uhr|ja|nein|alle|mo|di|mi|und|fuer|zu) /,
  en: / (?:subscribe|subscriptions?|unsubscribe|my|alerts?|notices?|notify|weekdays?|weekends?|daily|to|am|pm|yes|no|all|mon|tue|wed|and|for) /,
};

/** The language of these few words, if they tell; otherwise the conversation's. */
function languageOf(words: string, fallback: Language): Language {
  const [isGerman, isEnglish] = [MARKS.de.test(words), MARKS.en.test(words)];
  return isGerman === isEnglish ? fallback : isGerman ? "de" : "en";
}

export function sceneOf(turn: Turn, topics: readonly KnownTopic[]): Scene {
  const words = wordsOf(turn.message.text);
  return { turn, topics, words, language: languageOf(words, turn.conversation.language) };
}

export function say(
  { turn, language }: Scene,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  return translate(catalogue, { language, form: turn.tenant.formOfAddress }, key, values);
}

/** The language first: the kernel speaks in the one that is remembered. */
export function inLanguage(scene: Scene, effects: readonly Effect[]): readonly Effect[] {
  return scene.language === scene.turn.conversation.language
    ? effects
    : [{ do: "remember", language: scene.language }, ...effects];
}

export function ask(
  step: string,
  text: string,
  parts: { data?: Readonly<Record<string, unknown>>; options?: readonly Option[] },
): Effect {
  return {
    do: "ask",
    flow: FLOW,
    step,
    text,
    ...(parts.data ? { data: parts.data } : {}),
    ...(parts.options ? { options: parts.options } : {}),
  };
}

/** Something that is looked up or written after the turn, for the message that asked for it. */
export function later({ turn }: Scene, kind: string, payload: Readonly<Record<string, unknown>>): Effect {
  return {
    do: "schedule",
    kind,
    key: turn.message.id,
    dueAt: turn.now,
    payload: {
      conversationId: turn.conversation.id,
      contactId: turn.contact.id,
      channelId: turn.channel.id,
      messageId: turn.message.id,
      ...payload,
    },
  };
}
