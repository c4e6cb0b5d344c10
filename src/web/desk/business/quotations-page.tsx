import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { listQuotations, type QuotationRow, type QuotationState } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { SelectField } from "../../ui/field.tsx";
import { PagedList, usePages } from "../shell/paged-list.tsx";
import { useText } from "../text/use-text.ts";
import { shownMoney } from "./amounts.ts";
import { BusinessFrame } from "./business-frame.tsx";
import { businessKeys, freshMs } from "./queries.ts";
import { QuotationStateTag } from "./quotation-state.tsx";

const states = ["draft", "sent", "accepted", "declined", "withdrawn", "expired"] as const;
type Shown = QuotationState | "all";

/** What was offered, and where it stands. */
export function QuotationsPage() {
  const { t } = useText();
  const [shown, setShown] = useState<Shown>("all");
  const list = usePages({
    key: [...businessKeys.quotations, shown],
    load: (cursor, signal) =>
      call(listQuotations, { query: { cursor, ...(shown !== "all" && { state: shown }) } }, signal),
    freshMs,
  });
  return (
    <BusinessFrame title={t("business.quotations")} subtitle={t("business.quotationsText")}>
      <PagedList
        list={list}
        words={{
          title: t("business.quotations"),
          loading: t("business.loading"),
          notLoaded: t("business.notLoaded"),
          none: t("business.noQuotations"),
          noneText: t("business.noQuotationsText"),
          noMatch: t("business.noMatch"),
        }}
        isFiltered={shown !== "all"}
        filter={
          <SelectField
            label={t("business.show")}
            className="mb-3 w-full sm:w-60"
            value={shown}
            options={[
              { value: "all", label: t("business.state.all") },
              ...states.map((state) => ({ value: state, label: t(`business.state.${state}`) })),
            ]}
            onChange={(event) => setShown(event.target.value as Shown)}
          />
        }
        row={(one) => <Row key={one.id} quotation={one} />}
      />
    </BusinessFrame>
  );
}

function Row({ quotation }: { quotation: QuotationRow }) {
  const { t, format } = useText();
  const { id, number, company, version, state, netCents, currency, validUntil } = quotation;
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 py-3">
      <div className="min-w-0">
        <Link
          to="/business/quotations/$quotation"
          params={{ quotation: String(id) }}
          className="font-strong wrap-anywhere text-ink underline-offset-4 hover:underline"
        >
          {company.name}
        </Link>
        <p className="text-small text-ink-2">
          {[
            number ?? t("business.noNumber"),
            version > 1 && t("business.version", { version }),
            state === "sent" && t("business.validUntil", { date: format.date(validUntil) }),
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
      </div>
      <div className="grid justify-items-end gap-1">
        <span className="font-strong tabular-nums">{shownMoney(netCents, currency, format.locale)}</span>
        <QuotationStateTag state={state} />
      </div>
    </li>
  );
}
