import { useQuery } from "@tanstack/react-query";
import { Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { KnowledgeFrame } from "../knowledge-frame.tsx";
import { proposalsQuery } from "../teaching-queries.ts";
import { ChecksCard } from "./checks-card.tsx";
import { InboxCard } from "./inbox-card.tsx";
import { NightCard } from "./night-card.tsx";

/** What colleagues propose, when it is learnt, and the spot check that keeps the figures honest. */
export function TeachingPage() {
  const { t } = useText();
  const mayWrite = isManager(useMe());
  const proposals = useQuery({ ...proposalsQuery, enabled: mayWrite });
  const data = proposals.data;
  return (
    <KnowledgeFrame title={t("inbox.title")} subtitle={t("inbox.subtitle")}>
      {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
      {mayWrite && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
          <div className="min-w-0">
            {proposals.isPending && <Waiting rows={5} label={t("knowledge.loading")} />}
            {proposals.error && (
              <Failure
                error={proposals.error}
                title={t("inbox.notLoaded")}
                retry={() => void proposals.refetch()}
              />
            )}
            {data?.items.length === 0 && (
              <Statement
                drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
                title={t("inbox.none")}
              >
                {t("inbox.noneText")}
              </Statement>
            )}
            {data && data.items.length > 0 && <InboxCard inbox={data} />}
          </div>
          <div className="grid min-w-0 gap-5">
            {data && <NightCard inbox={data} />}
            <ChecksCard />
          </div>
        </div>
      )}
    </KnowledgeFrame>
  );
}
