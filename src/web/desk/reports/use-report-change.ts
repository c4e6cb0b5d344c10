import { useQueryClient } from "@tanstack/react-query";
import { reportKeys } from "./queries.ts";

/** What was shown of a report is out of date. */
export function useReportChange(id: number): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: reportKeys.one(id) });
    void client.invalidateQueries({ queryKey: reportKeys.lists });
  };
}
