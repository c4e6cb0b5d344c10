import type { TenantProfile } from "#kernel";
import type { NoticeWords } from "../rules/message.ts";
import type { NoticeRow } from "./notices.ts";

/** The words of a stored notice as the rules want them. */
export function wordsOf(row: NoticeRow, profile: Pick<TenantProfile, "timeZone">): NoticeWords {
  return {
    title: row.title,
    topicTitle: row.topic_title,
    texts: row.body.texts,
    channelTexts: row.body.channelTexts,
    link: row.body.link,
    values: row.body.values,
    until: { de: spoken(row.expires_at, profile, "de"), en: spoken(row.expires_at, profile, "en") },
  };
}

function spoken(
  at: Date | null,
  { timeZone }: Pick<TenantProfile, "timeZone">,
  language: "de" | "en",
): string {
  if (!at) return "";
  const format = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(at);
}
