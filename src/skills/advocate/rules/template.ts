import type { Content } from "#kernel";

/** A warning where the provider's window is closed (WhatsApp's 24 hours). Pure. */

export interface WarningTemplate {
  readonly name: string;
  readonly language: "de" | "en";
  readonly category: string;
  readonly body: string;
  /** What fills {{1}}, {{2}} …: "title", "text"; anything else is filled like the title. */
  readonly variables: readonly string[];
  readonly state: string;
}

const PARAMETER_MAX = 900;

/**
 * Only one that the provider approved, and as *utility*: one that was paused, or moved to marketing, carries nothing.
 * @returns null when there is none in this language
 */
export function warningTemplate(
  templates: readonly WarningTemplate[],
  warning: { language: "de" | "en"; title: string; text: string },
): Content | null {
  const template = templates.find(
    ({ language, category, state }) =>
      language === warning.language && category === "utility" && state === "approved",
  );
  if (!template) return null;
  const { name, language, body, variables } = template;
  // Meta takes no line breaks, tabs or runs of spaces in a parameter, and none that is empty.
  const parameters = variables.map(
    (variable) =>
      (variable === "text" ? warning.text : warning.title)
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, PARAMETER_MAX) || "–",
  );
  const text = body.replace(/\{\{(\d+)\}\}/g, (whole, n: string) => parameters[Number(n) - 1] ?? whole);
  return { type: "template", name, language, text, parameters };
}
