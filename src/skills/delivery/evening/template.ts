import type { Content, Language } from "#kernel";

/** A message by an approved template, where the provider's window is closed. Pure. */

export interface MessageTemplate {
  readonly name: string;
  readonly language: "de" | "en";
  readonly category: string;
  readonly body: string;
  /** What fills {{1}}, {{2}} ...: "text" the message, anything else what it is about. */
  readonly variables: readonly string[];
  readonly state: string;
}

const PARAMETER_MAX = 900;

/**
 * Only one that the provider approved as *utility* and that has a place for the whole message; a template carries no buttons.
 * @returns null when there is none in this language
 */
export function byTemplate(
  templates: readonly MessageTemplate[],
  message: { readonly language: Language; readonly title: string; readonly text: string },
): Content | null {
  const template = templates.find(
    ({ language, category, state, variables }) =>
      language === message.language &&
      category === "utility" &&
      state === "approved" &&
      variables.includes("text"),
  );
  if (!template) return null;
  const { name, language, body, variables } = template;
  // The provider takes neither line breaks nor runs of spaces in a parameter, and none that is empty.
  const parameters = variables.map(
    (variable) =>
      (variable === "text" ? message.text : message.title)
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, PARAMETER_MAX) || "–",
  );
  const text = body.replace(/\{\{(\d+)\}\}/g, (whole, n: string) => parameters[Number(n) - 1] ?? whole);
  return { type: "template", name, language, text, parameters };
}
