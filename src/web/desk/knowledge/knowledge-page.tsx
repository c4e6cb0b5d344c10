import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileSpreadsheet, Plus } from "lucide-react";
import { buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { KnowledgeFrame } from "./knowledge-frame.tsx";
import { topicsQuery } from "./queries.ts";
import { TopicTable } from "./topic-table.tsx";
import { TrainingCard } from "./training-card.tsx";
import { TryCard } from "./try-card.tsx";
import { UnansweredCard } from "./unanswered-card.tsx";

const sign = { size: 18, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What the house answers by itself, and how sure it is. */
export function KnowledgePage() {
  const { t } = useText();
  const topics = useQuery(topicsQuery);
  const mayWrite = isManager(useMe());
  const items = topics.data?.items;
  return (
    <KnowledgeFrame
      title={t("place.knowledge")}
      subtitle={t("knowledge.subtitle")}
      actions={
        mayWrite && (
          <>
            <Link to="/knowledge/files" className={buttonClass("secondary")}>
              <FileSpreadsheet {...sign} /> {t("files.title")}
            </Link>
            <Link to="/knowledge/$topic" params={{ topic: "new" }} className={buttonClass("primary")}>
              <Plus {...sign} /> {t("topic.new")}
            </Link>
          </>
        )
      }
    >
      {/* Narrow, the trial stands above the list, which is long; wide, beside it. */}
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr] xl:grid-rows-[auto_1fr]">
        <div className="min-w-0 xl:col-start-2">
          <TryCard />
        </div>
        <div className="min-w-0 xl:col-start-1 xl:row-span-2 xl:row-start-1">
          {topics.isPending && <Waiting rows={8} label={t("knowledge.loading")} />}
          {topics.error && (
            <Failure
              error={topics.error}
              title={t("knowledge.notLoaded")}
              retry={() => void topics.refetch()}
            />
          )}
          {items?.length === 0 && <NoTopics mayWrite={mayWrite} />}
          {items && items.length > 0 && <TopicTable topics={items} />}
        </div>
        <div className="grid min-w-0 gap-5 xl:col-start-2">
          <TrainingCard />
          {mayWrite && <UnansweredCard />}
        </div>
      </div>
    </KnowledgeFrame>
  );
}

function NoTopics({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  return (
    <Statement
      drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
      title={t("knowledge.empty")}
      actions={
        mayWrite && (
          <>
            <Link to="/knowledge/packs" search={{ first: true }} className={buttonClass("primary")}>
              {t("shelf.packs")}
            </Link>
            <Link to="/knowledge/files" className={buttonClass("secondary")}>
              {t("files.import")}
            </Link>
          </>
        )
      }
    >
      {t("knowledge.emptyText")}
    </Statement>
  );
}
