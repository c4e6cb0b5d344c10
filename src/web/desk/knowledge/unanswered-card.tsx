import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReplyOf } from "#kernel/api";
import { listUnanswered } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { useTopicTitle } from "./use-topic-title.ts";

type Unanswered = ReplyOf<typeof listUnanswered>["items"][number];

const rowsPerPage = 10;

/** What customers asked and only people could answer: each is one step from becoming knowledge. */
export function UnansweredCard() {
  const { t } = useText();
  const list = useInfiniteQuery({
    queryKey: ["knowledge", "unanswered"],
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listUnanswered>> =>
      call(listUnanswered, { query: { cursor: pageParam ?? undefined, limit: rowsPerPage } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t("unanswered.title")} aside={t("unanswered.aside")}>
      {list.isPending && <Waiting rows={3} label={t("knowledge.loading")} />}
      <FailureRows error={list.error} />
      {list.isSuccess && items.length === 0 && <p className="text-ink-2">{t("unanswered.none")}</p>}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <Question key={`${item.conversationId} ${item.questionKey}`} item={item} />
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

function Question({ item }: { item: Unanswered }) {
  const { t, format } = useText();
  const now = useNow();
  const titleOf = useTopicTitle();
  const { conversationId, questionKey, question, language, guess, confidence, askedAt } = item;
  return (
    <li className="flex items-center gap-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p lang={language} className="font-strong wrap-anywhere">
          {question}
        </p>
        <p className="text-small text-ink-2">
          <Link
            to="/conversations/$id"
            params={{ id: conversationId }}
            className="underline underline-offset-4 hover:text-ink"
          >
            {format.moment(askedAt, now)}
          </Link>
          {guess &&
            confidence !== null &&
            ` · ${t("unanswered.guess", { topic: titleOf(guess), value: format.share(confidence) })}`}
        </p>
      </div>
      <Link
        to="/knowledge/$topic"
        params={{ topic: "new" }}
        search={{ conversation: conversationId, question: questionKey }}
        aria-label={t("unanswered.answerTo", { question })}
        className={buttonClass("secondary")}
      >
        {t("unanswered.answer")}
      </Link>
    </li>
  );
}
