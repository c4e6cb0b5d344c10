import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { setKnowledgeLimits } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Card, Waiting } from "../../ui/card.tsx";
import { SelectField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { CaseRows } from "./health/case-rows.tsx";
import { figuresQuery, limitsQuery } from "./teaching-queries.ts";

/** How often this topic was asked and how it ended, what it is confused with, and how sure it must be. */
export function TopicFigures({ id }: { id: number }) {
  const { t } = useText();
  const figures = useQuery(figuresQuery);
  const topic = figures.data?.topics.find((one) => one.id === id);
  return (
    <Card title={t("figures.title")} className="mb-5">
      {figures.isPending && <Waiting rows={2} label={t("knowledge.loading")} />}
      <FailureRows error={figures.error} />
      <div className="grid gap-6 lg:grid-cols-2">
        <div>
          {topic && topic.asked === 0 && <p className="text-ink-2">{t("figures.none")}</p>}
          {topic && topic.asked > 0 && <CaseRows cases={topic} />}
        </div>
        <div className="grid content-start gap-4">
          {topic && (
            <div className="text-small">
              <p className="font-strong">{t("figures.confused")}</p>
              <p className="text-ink-2">
                {topic.confusedWith.length === 0
                  ? t("figures.notConfused")
                  : topic.confusedWith
                      .map(({ title, times }) => t("figures.confusedTimes", { topic: title, count: times }))
                      .join(", ")}
              </p>
            </div>
          )}
          <TopicCost id={id} />
        </div>
      </div>
      {figures.data && (
        <p className="mt-4 border-t border-line pt-3 text-small text-ink-2">
          {t("figures.definition", { hours: figures.data.resolvedAfterHours })}
        </p>
      )}
    </Card>
  );
}

const costs = [1, 2, 5, 10] as const;

function TopicCost({ id }: { id: number }) {
  const { t } = useText();
  const client = useQueryClient();
  const limits = useQuery(limitsQuery);
  const mayWrite = isManager(useMe());
  const saving = useMutation({
    mutationFn: (cost: number) =>
      call(setKnowledgeLimits, { body: { maxWrong: limits.data?.maxWrong ?? 0.03, topics: [{ id, cost }] } }),
    onSuccess: (reply) => {
      client.setQueryData(limitsQuery.queryKey, reply);
      showToast({ text: t("cost.saved") });
    },
  });
  const cost = limits.data?.topics.find((topic) => topic.id === id)?.cost;
  if (cost === undefined) return null;
  const listed = (costs as readonly number[]).includes(cost) ? costs : [...costs, cost];
  return (
    <>
      <SelectField
        label={t("cost.label")}
        help={t("cost.help")}
        disabled={!mayWrite || saving.isPending}
        value={String(cost)}
        options={listed.map((one) => ({ value: String(one), label: t.maybe(`cost.${one}`) ?? `× ${one}` }))}
        onChange={(event) => saving.mutate(Number(event.target.value))}
      />
      <FailureRows error={saving.error} />
    </>
  );
}
