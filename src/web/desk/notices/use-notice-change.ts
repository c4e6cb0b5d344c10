import { useQueryClient } from "@tanstack/react-query";
import type { Notice } from "../../../skills/notices/api.ts";
import { noticeKeys } from "./queries.ts";

/** Takes a notice as the node answered it, and makes stale what is derived from it. */
export function useNoticeChange(id: number | null): (notice: Notice) => void {
  const client = useQueryClient();
  return (notice) => {
    client.setQueryData(noticeKeys.one(notice.id), notice);
    void client.invalidateQueries({ queryKey: noticeKeys.lists });
    if (id === null) return;
    for (const part of ["preview", "recipients", "progress"])
      void client.invalidateQueries({ queryKey: [...noticeKeys.one(id), part] });
  };
}
