import { useQuery } from "@tanstack/react-query";
import { useText } from "../../text/use-text.ts";
import { topicsQuery } from "../queries.ts";

/** The value of "none of our topics". */
export const noTopic = "none";

/** All topics by title, for a list to choose from. */
export function useTopicOptions(): { value: string; label: string }[] {
  const { language, format } = useText();
  const topics = useQuery(topicsQuery).data?.items ?? [];
  return topics
    .map(({ id, titles, title, intent }) => ({
      value: String(id),
      label: titles[language] || title || intent,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, format.locale));
}
