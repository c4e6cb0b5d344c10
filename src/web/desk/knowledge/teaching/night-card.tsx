import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { trainNow } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { trainingQuery } from "../queries.ts";
import { TrainingCard } from "../training-card.tsx";
import type { Inbox } from "./inbox-card.tsx";

/** How much waits, when it is learnt, and the way to learn it at once. */
export function NightCard({ inbox }: { inbox: Inbox }) {
  const { t, format } = useText();
  const now = useNow();
  const client = useQueryClient();
  const training = useQuery(trainingQuery);
  const learning = useMutation({
    mutationFn: () => call(trainNow, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ["knowledge"] }),
  });
  const isLearning = training.data?.state === "training";
  return (
    <div className="grid gap-5">
      <section className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
        <p role="status" className="font-strong">
          {inbox.nightAt && inbox.waiting > 0
            ? t("inbox.waiting", { count: inbox.waiting, when: format.moment(inbox.nightAt, now) })
            : t("inbox.nothingWaits")}
        </p>
        <p className="text-small text-ink-2">{t("inbox.night")}</p>
        <FailureRows error={learning.error} />
        {isLearning && <ProgressLine share={null} label={t("inbox.learning")} />}
        {inbox.waiting > 0 && !isLearning && (
          <Button className="mt-3" busy={learning.isPending} onClick={() => learning.mutate()}>
            {t("inbox.learnNow")}
          </Button>
        )}
      </section>
      <TrainingCard />
    </div>
  );
}
