import type { ReportedPlace } from "./duplicate.ts";
import { fold, holds, type Phrase, phraseOf, without } from "./words.ts";

/** What a company has configured, ready to be compared with what somebody writes. */
export interface KnownKind {
  readonly id: number;
  readonly name: { readonly de: string; readonly en: string };
  readonly phrases: { readonly de: readonly Phrase[]; readonly en: readonly Phrase[] };
  readonly wantsPhoto: boolean;
  /** Progress can be told after the provider's window. */
  readonly hasTemplate: { readonly de: boolean; readonly en: boolean };
}

interface KnownPlace {
  readonly place: ReportedPlace;
  readonly phrases: readonly Phrase[];
}

export interface KnownTeam {
  readonly id: number;
  readonly name: string;
  readonly language: "de" | "en";
  /** Folded; null when the team has its conversation. */
  readonly code: string | null;
  readonly contactId: number | null;
  readonly channelId: number | null;
  readonly conversationId: number | null;
}

export interface Settings {
  readonly kinds: readonly KnownKind[];
  readonly places: readonly KnownPlace[];
  readonly teams: readonly KnownTeam[];
}

export const NO_SETTINGS: Settings = { kinds: [], places: [], teams: [] };

export interface StoredSettings {
  kinds: readonly {
    id: number;
    name: { de: string; en: string };
    keywords: { de: readonly string[]; en: readonly string[] };
    wants_photo: boolean;
    templates: { de: string | null; en: string | null };
  }[];
  places: readonly { name: string; aliases: readonly string[]; latitude: number; longitude: number }[];
  teams: readonly {
    id: number;
    name: string;
    language: "de" | "en";
    join_code: string | null;
    contact_id: number | null;
    channel_id: number | null;
    conversation_id: number | null;
  }[];
}

export function readySettings(stored: StoredSettings): Settings {
  return {
    kinds: stored.kinds.map((kind) => ({
      id: kind.id,
      name: kind.name,
      phrases: {
        de: phrasesOf([kind.name.de, ...kind.keywords.de]),
        en: phrasesOf([kind.name.en, ...kind.keywords.en]),
      },
      wantsPhoto: kind.wants_photo,
      hasTemplate: { de: kind.templates.de !== null, en: kind.templates.en !== null },
    })),
    places: stored.places.map(({ name, aliases, latitude, longitude }) => ({
      place: { name, latitude, longitude },
      phrases: phrasesOf([name, ...aliases]),
    })),
    teams: stored.teams.map((team) => ({
      id: team.id,
      name: team.name,
      language: team.language,
      code: team.join_code === null ? null : fold(team.join_code),
      contactId: team.contact_id,
      channelId: team.channel_id,
      conversationId: team.conversation_id,
    })),
  };
}

function phrasesOf(keywords: readonly string[]): Phrase[] {
  return keywords.map(phraseOf).filter((phrase) => phrase !== null);
}

export interface NamedKind {
  kind: KnownKind;
  /** In whose words it was named; null when they are the same in both languages. */
  language: "de" | "en" | null;
  phrase: Phrase;
}

/** The kind that a text names; the longest words count. @returns null when none is named, or two equally well */
export function namedKind(settings: Settings, text: string): NamedKind | null {
  const folded = fold(text);
  if (folded === "") return null;
  let best: NamedKind | null = null;
  let isTie = false;
  for (const kind of settings.kinds) {
    const found = namedBy(kind, folded);
    if (!found) continue;
    const longer = found.phrase.words.length - (best?.phrase.words.length ?? 0);
    isTie = longer === 0;
    if (longer > 0) best = found;
  }
  return isTie ? null : best;
}

function namedBy(kind: KnownKind, folded: string): NamedKind | null {
  const longest = (phrases: readonly Phrase[]): Phrase | undefined =>
    phrases
      .filter((phrase) => holds(folded, phrase))
      .sort((a, b) => b.words.length - a.words.length || Number(a.isPrefix) - Number(b.isPrefix))[0];
  const [german, english] = [longest(kind.phrases.de), longest(kind.phrases.en)];
  const longer = (german?.words.length ?? 0) - (english?.words.length ?? 0);
  if (german && longer >= 0) return { kind, phrase: german, language: longer === 0 ? null : "de" };
  return english ? { kind, phrase: english, language: "en" } : null;
}

/** The company's place that a text names, by the longest name; it keeps the words as they were written. */
export function namedPlace(settings: Settings, text: string): ReportedPlace | null {
  const folded = fold(text);
  let best: { place: ReportedPlace; length: number } | null = null;
  for (const { place, phrases } of settings.places)
    for (const phrase of phrases)
      if (holds(folded, phrase) && phrase.words.length > (best?.length ?? 0))
        best = { place, length: phrase.words.length };
  return best?.place ?? null;
}

/** Words around a kind's name that describe nothing. */
const AROUND = new Set(
  `ich wir moechte moechten will wollen muss wuerde gern gerne kann melde melden meldung mache machen bitte hallo moin guten tag
  morgen abend einen eine einem ein der die das den es gibt ist hier da wieder mal schon leider etwas i we want would like d to
  report a an the there is here please hello hi good morning evening again`.split(/\s+/),
);

/** Does a text say more than that there is something of this kind? */
export function describes(text: string, phrase: Phrase): boolean {
  return without(fold(text), phrase)
    .split(" ")
    .some((word) => word !== "" && !AROUND.has(word));
}
