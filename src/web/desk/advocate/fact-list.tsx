import { useQuery } from "@tanstack/react-query";
import type { ReplyOf } from "#kernel/api";
import type { listFacts } from "../../../skills/advocate/api.ts";
import { Waiting } from "../../ui/card.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { factsQuery } from "./queries.ts";
import { useRuleName } from "./use-rule-name.ts";

type Fact = ReplyOf<typeof listFacts>["items"][number];

/** What is known of one person, how each came, and what was and will be warned of. */
export function FactList({ contactId }: { contactId: number }) {
  const { t } = useText();
  const facts = useQuery(factsQuery(contactId));
  const items = facts.data?.items ?? [];
  const shown = items.filter(({ kind }) => kind !== "consumption");
  const uses = items.length - shown.length;
  return (
    <div className="mt-3 border-l-2 border-line pl-4">
      {facts.isPending && <Waiting rows={2} label={t("advocate.loading")} />}
      <FailureRows error={facts.error} />
      <ul className="grid gap-3">
        {shown.map((fact) => (
          <li key={fact.id}>
            <FactRow fact={fact} />
          </li>
        ))}
      </ul>
      {uses > 0 && <p className="mt-2 text-small text-ink-2">{t("advocate.uses", { count: uses })}</p>}
      {items[0]?.isAgreed === false && <p className="mt-2 text-small">{t("advocate.waitsForYes")}</p>}
    </div>
  );
}

function FactRow({ fact }: { fact: Fact }) {
  const { t, format } = useText();
  const { title, reference, came, recordedAt, planned, sent } = fact;
  return (
    <>
      <p className="font-strong wrap-anywhere">{title}</p>
      <p className="text-small wrap-anywhere text-ink-2">
        {reference},{" "}
        {t("advocate.cameOn", { way: t(`advocate.came.${came}`), date: format.date(recordedAt) })}
      </p>
      <ul className="text-small">
        {planned.map((one) => (
          <Planned key={`${one.rule} ${one.on}`} planned={one} />
        ))}
        {sent.map((one) => (
          <Sent key={`${one.rule} ${one.madeAt}`} sent={one} />
        ))}
        {planned.length + sent.length === 0 && <li className="text-ink-2">{t("advocate.nothingPlanned")}</li>}
      </ul>
    </>
  );
}

function Planned({ planned: { rule, on, lastDay } }: { planned: Fact["planned"][number] }) {
  const { t, format } = useText();
  const nameOf = useRuleName();
  const isToday = on === format.dayOf(Date.now());
  const when = isToday
    ? t("advocate.plannedToday", { rule: nameOf(rule) })
    : t("advocate.planned", { rule: nameOf(rule), date: format.date(on) });
  return <li>{lastDay ? `${when} (${t("advocate.lastDay", { date: format.date(lastDay) })})` : when}</li>;
}

const statuses = ["queued", "sent", "delivered", "read", "failed"] as const;

function Sent({ sent: { rule, madeAt, status } }: { sent: Fact["sent"][number] }) {
  const { t, format } = useText();
  const nameOf = useRuleName();
  const known = statuses.find((one) => one === status) ?? "other";
  const values = {
    rule: nameOf(rule),
    date: format.date(madeAt),
    status: t(`advocate.status.${known}`),
  };
  return <li className="text-ink-2">{t("advocate.sent", values)}</li>;
}
