import { useQuery } from "@tanstack/react-query";
import { Card, Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { vetoesQuery } from "./queries.ts";
import { useRuleName } from "./use-rule-name.ts";

/** Warnings that keep advertising of the same thing from somebody today. */
export function VetoesCard() {
  const { t, format } = useText();
  const nameOf = useRuleName();
  const vetoes = useQuery(vetoesQuery);
  const items = vetoes.data?.items;
  return (
    <Card title={t("advocate.vetoes")}>
      {vetoes.isPending && <Waiting rows={3} label={t("advocate.loading")} />}
      {vetoes.error && (
        <Failure error={vetoes.error} title={t("advocate.notLoaded")} retry={() => void vetoes.refetch()} />
      )}
      {items?.length === 0 && <p className="text-ink-2">{t("advocate.vetoesNone")}</p>}
      <ul className="divide-y divide-line">
        {items?.map(({ rule, title, until, persons, stopped }) => (
          <li key={`${rule} ${title}`} className="py-2 text-small">
            <p className="font-strong wrap-anywhere">{title}</p>
            <p className="text-ink-2">
              {[
                nameOf(rule),
                t("advocate.vetoPersons", { count: persons }),
                t("advocate.vetoUntil", { date: format.date(until) }),
              ].join(", ")}
            </p>
            <p className="text-ink-2">
              {stopped === 0 ? t("advocate.vetoNoneStopped") : t("advocate.vetoStopped", { count: stopped })}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
