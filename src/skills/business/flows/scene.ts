import { type Effect, localDate, type Turn, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";
import type { KnownCompanyWorld } from "../rules/known.ts";
import { spokenDay, spokenMoney } from "../rules/spoken.ts";

/** Everything a step of a conversation decides from: somebody speaks for a company. */
export interface Scene {
  readonly turn: Turn;
  readonly world: KnownCompanyWorld;
  readonly companyId: number;
  readonly roles: readonly string[];
  readonly text: string;
  /** YYYY-MM-DD where the tenant is. */
  readonly today: string;
}

export function words(
  { turn }: Scene,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  const { language } = turn.conversation;
  return translate(catalogue, { language, form: turn.tenant.formOfAddress }, key, values);
}

export const day = ({ turn }: Scene, of: string): string => spokenDay(of, turn.conversation.language);
export const money = ({ turn }: Scene, cents: number, currency: string): string =>
  spokenMoney(cents, currency, turn.conversation.language);
export const todayOf = (turn: Turn): string => localDate(turn.now, turn.tenant.timeZone);

/** What a job needs to answer this very message. */
export function later(scene: Scene, kind: string, payload: Readonly<Record<string, unknown>>): Effect {
  const { turn } = scene;
  return {
    do: "schedule",
    kind,
    key: turn.message.id,
    dueAt: turn.now,
    payload: {
      ...payload,
      contactId: turn.contact.id,
      conversationId: turn.conversation.id,
      messageId: turn.message.id,
      words: scene.text.slice(0, 1_000),
    },
  };
}
