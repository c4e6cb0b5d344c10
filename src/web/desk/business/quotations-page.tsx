import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { listQuotations, type QuotationRow, type QuotationState } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Statement } from "../../ui/statement.tsx";
import { Failure } from "../shell/failure.tsx";
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
  const list = useInfiniteQuery({
    queryKey: [...businessKeys.quotations, shown],
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listQuotations>> =>
      call(
        listQuotations,
        { query: { cursor: pageParam ?? undefined, ...(shown !== "all" && { state: shown }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
    refetchInterval: freshMs,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  return (
    <BusinessFrame title={t("business.quotations")} subtitle={t("business.quotationsText")}>
      {list.isPending && <Waiting rows={6} label={t("business.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("business.notLoaded")} retry={() => void list.refetch()} />
      )}
      {isEmpty && shown === "all" && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("business.noQuotations")}
        >
          {t("business.noQuotationsText")}
        </Statement>
      )}
      {list.isSuccess && !(isEmpty && shown === "all") && (
        <section
          aria-label={t("business.quotations")}
          className="rounded-2 border border-line bg-sheet p-4 sm:p-6"
        >
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
          {isEmpty && <p className="py-6 text-ink-2">{t("business.noMatch")}</p>}
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {items.map((one) => (
              <Row key={one.id} quotation={one} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("list.more")}
            </Button>
          )}
        </section>
      )}
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
