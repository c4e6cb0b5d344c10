import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { KnowledgeFrame } from "../knowledge-frame.tsx";
import { healthQuery } from "../teaching-queries.ts";
import { ClustersCard } from "./clusters-card.tsx";
import { ConfusedCard } from "./confused-card.tsx";
import { CurveCard } from "./curve-card.tsx";
import { ExpectedCard } from "./expected-card.tsx";
import { FiguresCard } from "./figures-card.tsx";
import { TooFewCard } from "./too-few-card.tsx";
import { TwinsCard } from "./twins-card.tsx";

/** Only where the company has its texts turned into vectors. */
function EmbeddingLine({ fault, isLearnt }: { fault: string | null; isLearnt: boolean }) {
  const { t } = useText();
  const text = isLearnt ? t("health.embedding") : t("health.embeddingUnlearnt");
  return (
    <Card>
      <p role="status">
        <StateLine kind={fault === null ? "ok" : "warn"}>
          {fault === null ? text : t("health.embeddingAway", { fault })}
        </StateLine>
      </p>
    </Card>
  );
}

/** What the first level can and cannot do, how sure that is, and what would help most. */
export function HealthPage() {
  const { t } = useText();
  const health = useQuery(healthQuery);
  const mayWrite = isManager(useMe());
  const data = health.data;
  return (
    <KnowledgeFrame title={t("health.title")} subtitle={t("health.subtitle")}>
      {health.isPending && <Waiting rows={6} label={t("knowledge.loading")} />}
      {health.error && (
        <Failure error={health.error} title={t("health.notLoaded")} retry={() => void health.refetch()} />
      )}
      {data?.state === "none" && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("health.none")}
          actions={
            mayWrite && (
              <Link to="/knowledge/$topic" params={{ topic: "new" }} className={buttonClass("primary")}>
                {t("topic.new")}
              </Link>
            )
          }
        >
          {t("health.noneText")}
        </Statement>
      )}
      {data && data.state !== "none" && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
          <div className="grid min-w-0 gap-5">
            {data.state === "failed" && (
              <Card>
                <p role="status">
                  <StateLine kind="bad">{t("health.failed")}</StateLine>
                </p>
                <p className="text-small text-ink-2">{data.error}</p>
              </Card>
            )}
            {data.state === "measuring" && (
              <Card>
                <p role="status">{data.report ? t("health.measuring") : t("health.first")}</p>
                <ProgressLine share={null} label={t("health.measuring")} />
              </Card>
            )}
            {data.report && <ExpectedCard report={data.report} />}
            {data.report && data.report.curve.length > 1 && <CurveCard report={data.report} />}
            {data.embedding && <EmbeddingLine {...data.embedding} />}
            <FiguresCard />
            {data.report && <TwinsCard report={data.report} />}
          </div>
          <div className="grid min-w-0 gap-5">
            {data.report && <ConfusedCard report={data.report} />}
            {mayWrite && <ClustersCard />}
            {data.report && <TooFewCard report={data.report} />}
          </div>
        </div>
      )}
    </KnowledgeFrame>
  );
}
