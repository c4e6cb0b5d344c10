import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { listNotices, type Notice } from "../../../skills/notices/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Statement } from "../../ui/statement.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { NoticeTable } from "./notice-table.tsx";
import { NoticesFrame } from "./notices-frame.tsx";
import { freshMs, noticeKeys } from "./queries.ts";

const states = ["draft", "scheduled", "sending", "done", "stopped", "expired"] as const;
type Shown = Notice["state"] | "all";

/** What was told, is being told, and waits to be told. */
export function NoticesPage() {
  const { t } = useText();
  const [shown, setShown] = useState<Shown>("all");
  const list = useNoticeList(shown);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  return (
    <NoticesFrame title={t("notices.title")} subtitle={t("notices.subtitle")} actions={<NewNotice />}>
      {list.isPending && <Waiting rows={6} label={t("notices.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("notices.notLoaded")} retry={() => void list.refetch()} />
      )}
      {isEmpty && shown === "all" && <NoNotices />}
      {list.isSuccess && !(isEmpty && shown === "all") && (
        <section aria-label={t("notices.title")} className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
          <SelectField
            label={t("notices.show")}
            className="mb-3 w-full sm:w-60"
            value={shown}
            options={[
              { value: "all", label: t("notices.state.all") },
              ...states.map((state) => ({ value: state, label: t(`notices.state.${state}`) })),
            ]}
            onChange={(event) => setShown(event.target.value as Shown)}
          />
          {isEmpty ? (
            <p className="py-6 text-ink-2">{t("notices.noMatch")}</p>
          ) : (
            <NoticeTable notices={items} />
          )}
          {list.hasNextPage && (
            <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("list.more")}
            </Button>
          )}
        </section>
      )}
    </NoticesFrame>
  );
}

function useNoticeList(shown: Shown) {
  return useInfiniteQuery({
    queryKey: [...noticeKeys.lists, shown],
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listNotices>> =>
      call(
        listNotices,
        { query: { cursor: pageParam ?? undefined, ...(shown !== "all" && { state: shown }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isMoving)) ? freshMs : false,
  });
}

function isMoving({ state }: Notice): boolean {
  return state === "sending" || state === "scheduled";
}

function NewNotice() {
  const { t } = useText();
  return (
    <Link to="/notices/$notice" params={{ notice: "new" }} className={buttonClass("primary")}>
      <Plus size={18} strokeWidth={1.75} aria-hidden="true" /> {t("notices.new")}
    </Link>
  );
}

function NoNotices() {
  const { t } = useText();
  return (
    <Statement
      drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
      title={t("notices.empty")}
      actions={
        <Link to="/notices/topics" className={buttonClass("secondary")}>
          {t("notices.toTopics")}
        </Link>
      }
    >
      {t("notices.emptyText")}
    </Statement>
  );
}
