import type { FormBody, Topic } from "./contract.ts";

/** What a visitor chose in a topic's card. */
export interface Choice {
  /** Of the parameter that recipients are found by; "" = everything. */
  value: string;
  days: Days;
  from: string;
  to: string;
}

/** Weekdays 1 = Monday; any = at any time. */
export const daysOf = { any: "", workdays: "12345", weekend: "67", daily: "1234567" } as const;
export type Days = keyof typeof daysOf;

export const nothingChosen: Choice = { value: "", days: "any", from: "06:00", to: "09:00" };

/** The parameter whose value stands in a link; further ones are asked in the conversation. */
export function keyParameter(topic: Topic) {
  return topic.parameters.find(({ kind }) => kind !== "window");
}

export function hasWindow(topic: Topic): boolean {
  return topic.parameters.some(({ kind }) => kind === "window");
}

/** As subscribeLink takes it. */
export function linkQuery({ value, days, from, to }: Choice): string {
  const query = new URLSearchParams();
  if (value !== "") query.set("value", value);
  if (days !== "any") {
    query.set("weekdays", daysOf[days]);
    query.set("from", from);
    query.set("to", to);
  }
  return query.toString();
}

/** As the form takes it. */
export function formChoice(
  topic: Topic,
  { value, days, from, to }: Choice,
): Pick<FormBody, "values" | "window"> {
  const key = keyParameter(topic)?.key;
  return {
    values: key !== undefined && value !== "" ? { [key]: [value] } : {},
    window: days === "any" ? null : { weekdays: [...daysOf[days]].map(Number), from, to },
  };
}

/** The first parameter that must be chosen and is not. A form cannot ask back as a conversation does. */
export function missingIn(topic: Topic, { value, days }: Choice): Topic["parameters"][number] | null {
  const key = keyParameter(topic);
  return (
    topic.parameters.find(
      (one) => one.required && (one.kind === "window" ? days === "any" : one !== key || value === ""),
    ) ?? null
  );
}
