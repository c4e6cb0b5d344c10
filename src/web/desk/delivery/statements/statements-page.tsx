import { useQuery } from "@tanstack/react-query";
import type { StatementMonth } from "../../../../skills/delivery/api.ts";
import { Card, Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { statementsQuery } from "../queries.ts";
import { MonthTable } from "./month-table.tsx";

/** What each month came to, a card for each company that it is settled with. */
export function StatementsPage() {
  const { t } = useText();
  const { data, isPending, error, refetch } = useQuery(statementsQuery);
  const items = data?.items ?? [];
  const partners = [...new Set(items.map(keyOf))];
  return (
    <DeliveryFrame title={t("delivery.statements.title")} subtitle={t("delivery.statements.text")}>
      {isPending && <Waiting rows={4} label={t("delivery.loading")} />}
      {error && (
        <Failure error={error} title={t("delivery.statements.notLoaded")} retry={() => void refetch()} />
      )}
      {data && items.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("delivery.statements.none")}
        >
          {t("delivery.statements.noneText")}
        </Statement>
      )}
      <div className="grid gap-5">
        {partners.map((key) => (
          <PartnerCard key={key} months={items.filter((one) => keyOf(one) === key)} />
        ))}
      </div>
    </DeliveryFrame>
  );
}

const keyOf = ({ role, partnerId }: StatementMonth): string => `${role} ${partnerId}`;

function PartnerCard({ months }: { months: readonly StatementMonth[] }) {
  const { t } = useText();
  const [first] = months;
  if (!first) return null;
  const { role, partnerId, partnerName: name } = first;
  const title =
    partnerId === null
      ? t("delivery.statements.own")
      : t(role === "sender" ? "delivery.statements.by" : "delivery.statements.for", { name });
  return (
    <Card title={title}>
      <MonthTable name={title} months={months} />
    </Card>
  );
}
