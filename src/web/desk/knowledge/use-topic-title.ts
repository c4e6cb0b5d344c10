import { useQuery } from "@tanstack/react-query";
import { useText } from "../text/use-text.ts";
import { topicsQuery } from "./queries.ts";

/** A topic's title by its key, in the reader's language; the key itself for one that is gone or not loaded yet. */
export function useTopicTitle(): (intent: string) => string {
  const { language } = useText();
  const topics = useQuery(topicsQuery).data?.items;
  return (intent) => {
    const topic = topics?.find((each) => each.intent === intent);
    return topic?.titles[language] || topic?.title || intent;
  };
}
