import type { Notice, NoticeInput } from "../../../../skills/notices/api.ts";

export type Language = "de" | "en";
export const languages = ["de", "en"] as const;

/** What stands in the composer. */
export interface NoticeDraft {
  topicId: number | null;
  title: string;
  values: NoticeInput["values"];
  texts: Record<Language, string>;
  channelTexts: NoticeInput["channelTexts"];
  link: string;
  templates: NoticeInput["templates"];
  /** What it advertises, one a line. */
  about: string;
  /** As the field holds it, in the company's zone; "" = 24 hours after it began. */
  expiresAt: string;
}

export function emptyDraft(topicId: number | null): NoticeDraft {
  return {
    topicId,
    title: "",
    values: {},
    texts: { de: "", en: "" },
    channelTexts: [],
    link: "",
    templates: { de: null, en: null },
    about: "",
    expiresAt: "",
  };
}

/** @param toInput ms -> what a `datetime-local` field holds */
export function draftOf(notice: Notice, toInput: (moment: number) => string): NoticeDraft {
  const { topicId, title, values, texts, channelTexts, link, templates, about, expiresAt } = notice;
  return {
    topicId,
    title,
    values,
    texts: { de: texts.de ?? "", en: texts.en ?? "" },
    channelTexts,
    link: link ?? "",
    templates,
    about: about.join("\n"),
    expiresAt: expiresAt === null ? "" : toInput(Date.parse(expiresAt)),
  };
}

/** @param fromInput the way back, NaN for an unfinished field */
export function inputOf(
  draft: NoticeDraft,
  topicId: number,
  fromInput: (text: string) => number,
): NoticeInput {
  const expires = fromInput(draft.expiresAt);
  return {
    topicId,
    title: draft.title.trim(),
    values: Object.fromEntries(
      Object.entries(draft.values)
        .filter(([, values]) => values.length > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    texts: { de: draft.texts.de.trim() || null, en: draft.texts.en.trim() || null },
    channelTexts: draft.channelTexts
      .filter(({ text }) => text.trim() !== "")
      .map(({ channelKind, language, text }) => ({ channelKind, language, text: text.trim() })),
    link: draft.link.trim() || null,
    templates: { de: draft.templates.de, en: draft.templates.en },
    about: lines(draft.about),
    expiresAt: Number.isNaN(expires) ? null : new Date(expires).toISOString(),
  };
}

/** Would saving change anything? Spaces at an end, and the order in which the node keeps things, are no change. */
export function isChanged(
  draft: NoticeDraft,
  saved: NoticeDraft,
  fromInput: (text: string) => number,
): boolean {
  const written = (one: NoticeDraft) => JSON.stringify(inputOf(one, one.topicId ?? 0, fromInput));
  return written(draft) !== written(saved);
}

export type DraftFault = "topic" | "title" | "text" | "link";

/** What is missing before it can be saved, in the order of the fields. */
export function faultsOf(draft: NoticeDraft): readonly DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.topicId === null) faults.push("topic");
  if (!draft.title.trim()) faults.push("title");
  if (draft.link.trim() && !/^https?:\/\/\S+$/.test(draft.link.trim())) faults.push("link");
  if (!draft.texts.de.trim() && !draft.texts.en.trim()) faults.push("text");
  return faults;
}

function lines(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);
}

/** One part of the composer: reads the draft and changes its own part of it. */
export interface PartProps {
  draft: NoticeDraft;
  change(part: Partial<NoticeDraft>): void;
  faults: readonly DraftFault[];
}
