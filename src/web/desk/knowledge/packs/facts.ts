import type { StarterPack } from "../../../../skills/service/api.ts";

export type Language = "de" | "en";
export type Fact = StarterPack["placeholderList"][number];
/** `name.language` -> what stands in its field; of a fact that is the same in all languages only `name.de`. */
export type Facts = Readonly<Record<string, string>>;

export function factsOf(pack: StarterPack): Facts {
  return Object.fromEntries(
    pack.placeholderList.flatMap((fact) =>
      (["de", "en"] as const).map((language) => [`${fact.name}.${language}`, fact.value[language]] as const),
    ),
  );
}

/** Fields of a fact: one a language where it is a text, else one. */
export function fieldsOf({ kind }: Fact, languages: readonly Language[]): readonly Language[] {
  return kind === "text" ? languages : ["de"];
}

export function valueIn(fact: Fact, facts: Facts, language: Language): string {
  return facts[`${fact.name}.${fact.kind === "text" ? language : "de"}`] ?? "";
}

/** How many facts are filled in, in every language that was chosen. */
export function countFilled(list: readonly Fact[], facts: Facts, languages: readonly Language[]): number {
  return list.filter((fact) =>
    fieldsOf(fact, languages).every((language) => valueIn(fact, facts, language).trim() !== ""),
  ).length;
}

const SHAPES: Readonly<Record<Fact["kind"], RegExp>> = {
  text: /\S/,
  phone: /^\+?[\d\s()/.-]{5,30}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  link: /^https?:\/\/\S+$/,
  amount: /\d/,
  number: /\d/,
};

/** As the server judges it, so that nobody waits to hear it. */
export function isWrong({ kind }: Fact, value: string): boolean {
  const said = value.trim();
  return said !== "" && (/\{\{|\}\}/.test(said) || !SHAPES[kind].test(said));
}

/** An answer in parts: words, and facts with what is filled in (null = a gap). */
export function partsOf(
  answer: string,
  read: (name: string) => string,
): { text: string; name: string | null; isGap: boolean }[] {
  return answer
    .split(/(\{\{[a-z][a-z0-9_]*\}\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const [, name] = /^\{\{(.+)\}\}$/.exec(part) ?? [];
      if (name === undefined) return { text: part, name: null, isGap: false };
      const value = read(name).trim();
      return { text: value === "" ? part : value, name, isGap: value === "" };
    });
}
