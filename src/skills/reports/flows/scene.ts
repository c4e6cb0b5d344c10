import { type Catalogue, type Effect, type Language, type Turn, translate } from "#kernel";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import type { Settings } from "../rules/settings.ts";

export const catalogue: Catalogue = { de, en };

/** Everything a step of a conversation decides from. */
export interface Scene {
  readonly turn: Turn;
  readonly settings: Settings;
  readonly language: Language;
  readonly text: string;
  /** The provider of this channel closes a window after which only templates leave. */
  readonly hasWindow: boolean;
}

/** A sentence of this skill to a customer. */
export function words(scene: Scene, key: string, values?: Readonly<Record<string, string | number>>): string {
  const { language, turn } = scene;
  return translate(catalogue, { language, form: turn.tenant.formOfAddress }, key, values);
}

/** A sentence of this skill to a field team, in the team's language. */
export function teamWords(
  scene: Scene,
  language: Language,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  const form = scene.turn.tenant.teamFormOfAddress;
  return translate(catalogue, { language, form }, key, values);
}

/** The conversation goes on in the language of the words that began it. */
export function inLanguage(scene: Scene, effects: readonly Effect[]): readonly Effect[] {
  const { language, turn } = scene;
  return language === turn.conversation.language ? effects : [{ do: "remember", language }, ...effects];
}
