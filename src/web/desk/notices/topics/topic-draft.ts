import type { NoticeTopic, Parameter, TopicInput } from "../../../../skills/notices/api.ts";

/** What stands in the editor of a topic: values of a parameter are lines. */
export interface TopicDraft extends Omit<TopicInput, "parameters"> {
  parameters: readonly ParameterDraft[];
}
export interface ParameterDraft extends Omit<Parameter, "values"> {
  values: string;
}

export const parameterKinds = ["line", "branch", "author", "product", "region", "window"] as const;

export function emptyTopic(): TopicDraft {
  return {
    slug: "",
    title: { de: "", en: "" },
    description: { de: "", en: "" },
    kind: "service",
    parameters: [],
    isPublic: true,
    isUrgent: false,
  };
}

export function topicDraftOf(topic: NoticeTopic): TopicDraft {
  const { slug, title, description, kind, parameters, isPublic, isUrgent } = topic;
  return {
    slug,
    title,
    description,
    kind,
    isPublic,
    isUrgent,
    parameters: parameters.map((one) => ({ ...one, values: one.values.map(lineOf).join("\n") })),
  };
}

export function topicInputOf(draft: TopicDraft): TopicInput {
  const keys = new Set<string>();
  return {
    ...draft,
    slug: draft.slug || slugOf(draft.title.de || draft.title.en),
    title: trimmed(draft.title),
    description: trimmed(draft.description),
    parameters: draft.parameters.map((one) => ({
      ...one,
      key: freshKey(one.key || keyOf(one.label.de || one.label.en || one.kind), keys),
      label: trimmed(one.label),
      values: one.kind === "window" ? [] : valuesOf(one.values),
    })),
  };
}

/** "U3" or "U3; Linie U3; Line U3": what is sent, and what it is called in German and English. */
export function valuesOf(lines: string): Parameter["values"] {
  const found = lines
    .split("\n")
    .map((line) => line.split(";").map((part) => part.trim()))
    .flatMap(([value = "", de, en]) =>
      value === "" ? [] : [{ value, label: { de: de || value, en: en || de || value } }],
    );
  return [...new Map(found.map((one) => [one.value, one])).values()];
}

function lineOf({ value, label }: Parameter["values"][number]): string {
  if (label.de === value && label.en === value) return value;
  return [value, label.de, ...(label.en === label.de ? [] : [label.en])].join("; ");
}

const longestSlug = 60;
const longestKey = 30;

/** A title as a part of an address: lower-case letters, digits, hyphens. */
export function slugOf(title: string): string {
  return plain(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longestSlug)
    .replace(/^-+|-+$/g, "");
}

/** A key begins with a letter. */
function keyOf(label: string): string {
  const key = plain(label)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  return key.slice(0, longestKey) || "value";
}

function freshKey(key: string, taken: Set<string>): string {
  let fresh = key;
  for (let number = 2; taken.has(fresh); number += 1) fresh = `${key.slice(0, longestKey - 2)}_${number}`;
  taken.add(fresh);
  return fresh;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

function trimmed({ de, en }: { de: string; en: string }) {
  return { de: de.trim(), en: en.trim() };
}

/** One part of the editor. */
export interface TopicPartProps {
  draft: TopicDraft;
  change(part: Partial<TopicDraft>): void;
}
