import { useQuery } from "@tanstack/react-query";
import { Card, Waiting } from "../../../ui/card.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { figuresQuery } from "../teaching-queries.ts";
import { CaseRows } from "./case-rows.tsx";

/** How the cases of the last weeks ended; "resolved" with the one definition beside it. */
export function FiguresCard() {
  const { t } = useText();
  const figures = useQuery(figuresQuery);
  const data = figures.data;
  return (
    <Card title={t("figures.title")}>
      {figures.isPending && <Waiting rows={3} label={t("knowledge.loading")} />}
      <FailureRows error={figures.error} />
      {data &&
        (data.total.asked === 0 ? (
          <p className="text-ink-2">{t("figures.none")}</p>
        ) : (
          <CaseRows cases={data.total} />
        ))}
      {data && data.withoutTopic.asked > 0 && (
        <p className="mt-2 text-small">
          {t("figures.without")}: <span className="font-strong">{data.withoutTopic.asked}</span>
        </p>
      )}
      {data && (
        <p className="mt-3 border-t border-line pt-3 text-small text-ink-2">
          {t("figures.definition", { hours: data.resolvedAfterHours })}
        </p>
      )}
    </Card>
  );
}
