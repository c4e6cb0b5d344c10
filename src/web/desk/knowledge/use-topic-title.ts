import { useQuery } from "@tanstack/react-query";
import { topicsQuery } from "./queries.ts";

/** A topic's title by its key; the key itself for one that is gone or not loaded yet. */
export function useTopicTitle(): (intent: string) => string {
  const topics = useQuery(topicsQuery).data?.items;
  return (intent) => topics?.find((topic) => topic.intent === intent)?.title || intent;
}
