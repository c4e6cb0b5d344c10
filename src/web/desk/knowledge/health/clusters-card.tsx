import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { type listClusters, makeTopic } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { clustersQuery } from "../teaching-queries.ts";

type Cluster = ReplyOf<typeof listClusters>["items"][number];

const shown = 6;
const quoted = 2;

/** What many asked and nobody answered automatically; one click makes a topic of it, with these questions as examples. */
export function ClustersCard() {
  const { t } = useText();
  const clusters = useQuery(clustersQuery);
  const [isAll, setAll] = useState(false);
  const data = clusters.data;
  const items = data?.items ?? [];
  const rest = items.length - shown;
  return (
    <Card title={t("clusters.title")} aside={t("clusters.aside")}>
      {clusters.isPending && <Waiting rows={3} label={t("knowledge.loading")} />}
      <FailureRows error={clusters.error} />
      {data && items.length === 0 && <p className="text-ink-2">{t("clusters.none")}</p>}
      <ul className="divide-y divide-line">
        {items.slice(0, isAll ? undefined : shown).map((cluster) => (
          <ClusterRow key={cluster.questions[0]?.questionKey ?? cluster.label} cluster={cluster} />
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-2 text-small text-ink-2">
        {data && data.alone > 0 && <span>{t("clusters.alone", { count: data.alone })}</span>}
        {!isAll && rest > 0 && (
          <Button variant="quiet" onClick={() => setAll(true)}>
            {t("clusters.more", { count: rest })}
          </Button>
        )}
      </div>
    </Card>
  );
}

function ClusterRow({ cluster }: { cluster: Cluster }) {
  const { t, format } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const making = useMutation({
    mutationFn: () =>
      call(makeTopic, {
        body: {
          title: title(cluster.label),
          language: cluster.language,
          questions: cluster.questions.map(({ conversationId, questionKey }) => ({
            conversationId,
            questionKey,
          })),
        },
      }),
    onSuccess: ({ id }) => {
      showToast({ text: t("clusters.made") });
      void client.invalidateQueries({ queryKey: ["knowledge"] });
      void navigate({ to: "/knowledge/$topic", params: { topic: String(id) } });
    },
  });
  const change = cluster.lastWeek - cluster.weekBefore;
  const signed = `${change > 0 ? "+" : change < 0 ? "−" : "±"}${format.number(Math.abs(change))}`;
  return (
    <li className="flex flex-wrap items-center gap-3 py-2.5">
      <span className="w-9 text-right text-h2 font-strong">{format.number(cluster.count)}</span>
      <div className="min-w-0 flex-1 basis-48">
        <p>
          <span className="font-strong">{title(cluster.label)}</span>{" "}
          <span className="text-small text-ink-2">{t("clusters.week", { change: signed })}</span>
        </p>
        <p lang={cluster.language} className="text-small wrap-anywhere text-ink-2">
          {cluster.questions
            .slice(0, quoted)
            .map(({ text }) => `„${text}“`)
            .join(", ")}
        </p>
        <FailureRows error={making.error} />
      </div>
      <Button
        busy={making.isPending}
        aria-label={t("clusters.makeOf", { label: cluster.label })}
        onClick={() => making.mutate()}
      >
        {t("clusters.make")}
      </Button>
    </li>
  );
}

function title(label: string): string {
  return (label.charAt(0).toUpperCase() + label.slice(1)).slice(0, 120);
}
