import { Link } from "@tanstack/react-router";
import { Card } from "../../ui/card.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import type { OneReport } from "./report-page.tsx";

const steps = ["accepted", "done", "rejected"] as const;

/** Everybody who told the same, and how each was told what became of it. */
export function TellersCard({ report }: { report: OneReport }) {
  const { t, format } = useText();
  const now = useNow();
  return (
    <Card title={t("reports.who")} aside={t("reports.tellers", { count: report.reporters })}>
      {report.statements.length === 0 && <p className="text-ink-2">{t("reports.gone")}</p>}
      <ul className="divide-y divide-line">
        {report.statements.map((one) => (
          <li key={`${one.conversationId} ${one.saidAt}`} className="py-3">
            <p className="wrap-anywhere whitespace-pre-wrap">{one.text}</p>
            <p className="text-small text-ink-2">
              {[one.placeName, format.moment(one.saidAt, now)].filter(Boolean).join(", ")}
            </p>
            {steps.flatMap((step) => {
              const how = one.told[step];
              if (how === undefined) return [];
              const said = t.maybe(`reports.how.${how}`) ?? t("reports.how.other", { reason: how });
              return (
                <p key={step} className="text-small text-ink-2">
                  {t("reports.told", { what: t(`reports.what.${step}`), how: said })}
                </p>
              );
            })}
            <Link
              to="/conversations/$id"
              params={{ id: one.conversationId }}
              className="inline-flex min-h-8 items-center text-small font-strong text-accent-text hover:underline"
            >
              {t("reports.toConversation")}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
