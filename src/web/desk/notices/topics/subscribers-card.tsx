import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { listTopicSubscriptions, type NoticeTopic } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { freshMs, noticeKeys } from "../queries.ts";
import { useRhythm } from "../use-rhythm.ts";
import { SubscriberForm } from "./subscriber-form.tsx";

const rowsPerPage = 10;

/** Who subscribed last, with what they chose; no names where none are needed. */
export function SubscribersCard({ topic }: { topic: NoticeTopic }) {
  const { t, format } = useText();
  const rhythm = useRhythm();
  const list = useInfiniteQuery({
    queryKey: [...noticeKeys.all, "subscriptions", topic.id],
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listTopicSubscriptions>> =>
      call(
        listTopicSubscriptions,
        { params: { id: topic.id }, query: { cursor: pageParam ?? undefined, limit: rowsPerPage } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: freshMs,
  });
  const [isAdding, setAdding] = useState(false);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card
      title={t("topics.subscribersOf", { count: topic.subscribers })}
      aside={items.length > 0 ? t("topics.newestFirst") : undefined}
    >
      {isAdding ? (
        <SubscriberForm topic={topic} onDone={() => setAdding(false)} />
      ) : (
        <Button className="mb-3" onClick={() => setAdding(true)}>
          {t("subscriber.begin")}
        </Button>
      )}
      {list.isPending && <Waiting rows={3} label={t("notices.loading")} />}
      <FailureRows error={list.error} />
      {list.isSuccess && items.length === 0 && <p className="text-ink-2">{t("topics.noSubscribers")}</p>}
      <ul className="divide-y divide-line">
        {items.map((one) => (
          <li key={one.id} className="py-2 text-small">
            <p className="font-strong wrap-anywhere">{one.value || t("topics.everything")}</p>
            <p className="wrap-anywhere text-ink-2">
              {[
                one.channel.name,
                ...rhythm(one),
                t("topics.since", { date: format.date(one.createdAt) }),
              ].join(", ")}
            </p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
    </Card>
  );
}
