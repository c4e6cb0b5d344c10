import { Link } from "@tanstack/react-router";
import type { ReplyOf } from "#kernel/api";
import type { applyPack, StarterPack } from "../../../../skills/service/api.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";

/** What applying brought about; a result that matters stays on the page. */
export function PackResult({ pack, result }: { pack: StarterPack; result: ReplyOf<typeof applyPack> }) {
  const { t, language } = useText();
  const titleOf = (intent: string) =>
    pack.topicList.find((topic) => topic.intent === intent)?.title[language] ?? intent;
  const { added, updated, kept, drafts, unfilled } = result;
  return (
    <Card title={t("pack.done")} className="mb-5">
      <div role="status" className="grid gap-1.5">
        <p>
          {added > 0 && `${t("pack.added", { count: added })} `}
          {updated > 0 && `${t("pack.updated", { count: updated })} `}
          {t("pack.doneText")}
        </p>
        {unfilled > 0 && <p>{t("pack.openFacts", { count: unfilled })}</p>}
        {kept.length > 0 && <p>{t("pack.keptText", { names: kept.map(titleOf).join(", ") })}</p>}
        {drafts.length > 0 && <p>{t("pack.draftsText", { names: drafts.join(", ") })}</p>}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Link to="/knowledge" className={buttonClass("secondary")}>
          {t("pack.toTopics")}
        </Link>
        <Link to="/settings/channels" className={buttonClass("secondary")}>
          {t("pack.toChannels")}
        </Link>
      </div>
    </Card>
  );
}
