import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReplyOf } from "#kernel/api";
import type { trainingState } from "../../../skills/service/api.ts";
import { Card } from "../../ui/card.tsx";
import { ProgressLine } from "../../ui/progress.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { trainingQuery } from "./queries.ts";
import { versionsQuery } from "./teaching-queries.ts";

type Training = ReplyOf<typeof trainingState>;

const kinds = { none: "off", training: "info", live: "ok", failed: "bad" } as const;

/** Which knowledge is live, and how good it is on questions that it was not shown. */
export function TrainingCard() {
  const { t } = useText();
  const query = useQuery(trainingQuery);
  const training = query.data;
  const newest = useQuery(versionsQuery).data?.items[0];
  // What was learnt last is compared first, or was rolled back.
  const isWaiting = training?.state === "live" && newest?.isLive === false;
  return (
    <Card title={t("training.title")}>
      <FailureRows error={query.error} />
      {training && (
        <>
          <p role="status">
            {isWaiting ? (
              <StateLine kind="info">{t("training.waits")}</StateLine>
            ) : (
              <StateLine kind={kinds[training.state]}>{t(`training.${training.state}`)}</StateLine>
            )}
          </p>
          {isWaiting && (
            <Link
              to="/knowledge/versions"
              className="mt-1 inline-block text-small text-accent-text underline"
            >
              {t("training.toVersions")}
            </Link>
          )}
          {training.state === "training" && <ProgressLine share={null} label={t("training.training")} />}
          {training.isInterrupted && <p className="mt-1 text-small text-warn">{t("explain.interrupted")}</p>}
          {training.error && <p className="mt-1 text-small text-ink-2">{training.error}</p>}
          <Figures training={training} />
        </>
      )}
    </Card>
  );
}

function Figures({ training }: { training: Training }) {
  const { t, format } = useText();
  const now = useNow();
  const { trainedAt, accuracy, answerAt, offerAt, seconds, examples, topics } = training;
  const rows: [string, string | null][] = [
    [t("training.accuracy"), accuracy === null ? null : format.percent(accuracy)],
    [t("training.size"), t("training.sizeOf", { examples, topics })],
    [t("training.answerAt"), answerAt === null ? null : format.share(answerAt)],
    [t("training.offerAt"), offerAt === null ? null : format.share(offerAt)],
    [
      t("training.at"),
      trainedAt && seconds !== null
        ? t("training.atIn", {
            when: format.moment(trainedAt, now),
            seconds: format.number(Math.round(seconds * 10) / 10),
          })
        : null,
    ],
  ];
  return (
    <dl className="mt-3 grid gap-1.5 text-small">
      {rows.map(
        ([label, value]) =>
          value && (
            <div key={label} className="flex justify-between gap-4">
              <dt className="text-ink-2">{label}</dt>
              <dd className="text-right font-strong">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
