import type { Content, Language } from "#kernel";

/** What a person reads: by channel, language and, on WhatsApp outside of its window, by template. Pure. */

export interface NoticeWords {
  readonly title: string;
  readonly topicTitle: { readonly de: string; readonly en: string };
  readonly texts: { readonly de: string | null; readonly en: string | null };
  readonly channelTexts: readonly { channelKind: string; language: Language; text: string }[];
  readonly link: string | null;
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Spoken, "" for none. */
  readonly until: { readonly de: string; readonly en: string };
}

export interface Template {
  readonly id: number;
  readonly name: string;
  readonly language: Language;
  readonly category: "utility" | "marketing" | "authentication";
  readonly body: string;
  readonly variables: readonly string[];
  readonly state: "pending" | "approved" | "rejected" | "paused" | "disabled";
}

export type Worded =
  | { content: Content; language: Language; templateId: number | null }
  | { fault: "no_text" | "no_template" | "template_paused" | "template_category" | "too_long" };

const other = (language: Language): Language => (language === "de" ? "en" : "de");

/** In the wished language where there is one; a notice in the other language is better than none. */
export function textFor(
  words: NoticeWords,
  wished: Language,
  channelKind: string,
): { text: string; language: Language } | null {
  for (const language of [wished, other(wished)]) {
    const own = words.channelTexts.find(
      (one) => one.channelKind === channelKind && one.language === language,
    );
    const text = own?.text ?? words.texts[language] ?? "";
    if (text.trim() !== "") return { text: text.trim(), language };
  }
  return null;
}

export function freeContent(
  words: NoticeWords,
  to: { language: Language; channelKind: string; textMax: number },
): Worded {
  const found = textFor(words, to.language, to.channelKind);
  if (!found) return { fault: "no_text" };
  const length = found.text.length + (words.link ? words.link.length + 1 : 0);
  if (length > to.textMax) return { fault: "too_long" };
  return {
    content: { type: "text", text: found.text, ...(words.link ? { link: words.link } : {}) },
    language: found.language,
    templateId: null,
  };
}

/**
 * Outside of the window. Advertising needs a marketing template, and what somebody asked to be told a utility one: a
 * template that the provider moved to another category does not fit any more.
 * @param chosen template ids by language; null = the first approved one that fits
 */
export function templateContent(
  words: NoticeWords,
  templates: readonly Template[],
  to: {
    language: Language;
    channelKind: string;
    kind: "service" | "promotion";
    chosen: { readonly de: number | null; readonly en: number | null };
  },
): Worded {
  const category = to.kind === "service" ? "utility" : "marketing";
  let fault: Extract<Worded, { fault: string }>["fault"] = "no_template";
  for (const language of [to.language, other(to.language)]) {
    const mine = templates.filter((one) => one.language === language);
    const candidates =
      to.chosen[language] === null
        ? mine.filter((one) => one.category === category)
        : mine.filter((one) => one.id === to.chosen[language]);
    const template = candidates.find((one) => one.state === "approved") ?? candidates[0];
    if (!template) continue;
    if (template.state !== "approved") fault = "template_paused";
    else if (template.category !== category) fault = "template_category";
    else return { content: fill(template, words, to.channelKind), language, templateId: template.id };
  }
  return { fault };
}

const PARAMETER_MAX = 900;

function fill(template: Template, words: NoticeWords, channelKind: string): Content {
  const { language } = template;
  const value = (name: string): string => {
    if (name === "title") return words.title;
    if (name === "text") return textFor(words, language, channelKind)?.text ?? words.title;
    if (name === "topic") return words.topicTitle[language] || words.topicTitle.de || words.topicTitle.en;
    if (name === "until") return words.until[language];
    return (words.values[name] ?? []).join(", ");
  };
  // Meta takes no line breaks, tabs or runs of spaces in a parameter, and none that is empty.
  const parameters = template.variables.map(
    (name) => value(name).replace(/\s+/g, " ").trim().slice(0, PARAMETER_MAX) || "–",
  );
  const text = template.body.replace(
    /\{\{(\d+)\}\}/g,
    (whole, n: string) => parameters[Number(n) - 1] ?? whole,
  );
  return { type: "template", name: template.name, language, text, parameters };
}

/** Several notices in one message; the oldest first. */
export function digestText(
  heading: string,
  notices: readonly { title: string; text: string; link: string | null }[],
  textMax: number,
): string {
  const blocks = notices.map(({ title, text, link }) => [title, text, link].filter(Boolean).join("\n"));
  const whole = [heading, ...blocks].join("\n\n");
  if (whole.length <= textMax) return whole;
  // Titles and links alone still say what there is.
  const short = [heading, ...notices.map(({ title, link }) => [title, link].filter(Boolean).join("\n"))].join(
    "\n\n",
  );
  return short.length <= textMax ? short : `${short.slice(0, textMax - 1)}…`;
}
