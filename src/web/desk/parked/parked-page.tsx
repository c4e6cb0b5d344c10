import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { listParked, type ReplyOf, settleParked } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { QuietDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { showToast } from "../../ui/toast.tsx";
import { countsQuery } from "../conversations/queries.ts";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";

const parkedQuery = queryOptions({
  queryKey: ["parked"],
  queryFn: ({ signal }) => call(listParked, {}, signal),
});
type Parked = ReplyOf<typeof listParked>["items"][number];

/** What came in and could not be understood: nothing is thrown away unseen. */
export function ParkedPage() {
  const { t } = useText();
  const parked = useQuery(parkedQuery);
  return (
    <Page
      title={t("parked.title")}
      subtitle={t("parked.subtitle")}
      back={{ to: "/settings", label: t("place.house") }}
    >
      {parked.isPending && <Waiting rows={3} label={t("parked.loading")} />}
      {parked.error && (
        <Failure error={parked.error} title={t("parked.notLoaded")} retry={() => void parked.refetch()} />
      )}
      {parked.data?.items.length === 0 && (
        <Statement drawing={<QuietDrawing className="w-[420px] max-w-full" />} title={t("parked.empty")}>
          {t("parked.emptyText")}
        </Statement>
      )}
      <ul className="grid gap-3">
        {parked.data?.items.map((row) => (
          <ParkedRow key={row.id} row={row} />
        ))}
      </ul>
    </Page>
  );
}

function ParkedRow({ row }: { row: Parked }) {
  const { t, format } = useText();
  const now = useNow();
  const client = useQueryClient();
  const settling = useMutation({
    mutationFn: (decision: "retry" | "dismiss") =>
      call(settleParked, { params: { id: row.id }, body: { decision } }),
    onSuccess: (_, decision) => {
      void client.invalidateQueries({ queryKey: parkedQuery.queryKey });
      void client.invalidateQueries({ queryKey: countsQuery.queryKey });
      showToast({ text: t(`parked.${decision}.done`) });
    },
  });
  return (
    <li className="rounded-2 border border-line bg-sheet p-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="mr-auto min-w-0">
          <p className="font-strong">{row.reason}</p>
          <p className="text-small text-ink-2">
            {row.channelName} · {format.moment(row.receivedAt, now)}
          </p>
        </div>
        <Button busy={settling.isPending} onClick={() => settling.mutate("retry")}>
          {t("parked.retry")}
        </Button>
        <Button onClick={() => settling.mutate("dismiss")}>{t("parked.dismiss")}</Button>
      </div>
      <pre className="mt-3 overflow-x-auto rounded-2 border border-line bg-ground px-3 py-2 font-mono text-tiny break-all whitespace-pre-wrap">
        {row.excerpt}
      </pre>
      <FailureRows error={settling.error} />
    </li>
  );
}
