import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";
import { KnowledgeFrame } from "../knowledge-frame.tsx";
import { IntakeList } from "./intake-list.tsx";
import { IntakeView } from "./intake-view.tsx";
import { intakesQuery } from "./queries.ts";
import { UploadCard } from "./upload-card.tsx";

/** Topics out of the company's own archive; its words come with it. */
export function ProposalsPage() {
  return (
    <RoomWords room="intake">
      <Proposals />
    </RoomWords>
  );
}

function Proposals() {
  const { t } = useText();
  const mayWrite = isManager(useMe());
  const intakes = useQuery({ ...intakesQuery, enabled: mayWrite });
  const [wanted, setWanted] = useState<number | null>(null);
  const items = intakes.data?.items ?? [];
  const chosen = items.find(({ id }) => id === wanted) ?? items[0];
  return (
    <KnowledgeFrame title={t("intake.title")} subtitle={t("intake.subtitle")}>
      {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
      {mayWrite && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.5fr_1fr]">
          <div className="min-w-0">
            {intakes.isPending && <Waiting rows={5} label={t("intake.loading")} />}
            {intakes.error && (
              <Failure
                error={intakes.error}
                title={t("intake.notLoaded")}
                retry={() => void intakes.refetch()}
              />
            )}
            {intakes.data && !chosen && (
              <Statement
                drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
                title={t("intake.none")}
              >
                {t("intake.noneText")}
              </Statement>
            )}
            {chosen && <IntakeView key={chosen.id} id={chosen.id} />}
          </div>
          <div className="grid min-w-0 gap-5">
            <UploadCard onSent={setWanted} />
            {items.length > 0 && (
              <IntakeList intakes={items} chosen={chosen?.id ?? null} onChoose={setWanted} />
            )}
          </div>
        </div>
      )}
    </KnowledgeFrame>
  );
}
