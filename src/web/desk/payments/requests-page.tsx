import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { listPayRequests, type RequestRow, type RequestShelf } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { PagedList, usePages } from "../shell/paged-list.tsx";
import { useText } from "../text/use-text.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { MissingLine } from "./missing-line.tsx";
import { PaymentsFrame } from "./payments-frame.tsx";
import { freshMs, payKeys } from "./queries.ts";
import { StateTag } from "./state-tag.tsx";
import { useMoney } from "./use-money.ts";

const shelves: readonly RequestShelf[] = ["owing", "overdue", "settled", "repaid"];

/** What was asked for, and where it stands. */
export function RequestsPage() {
  const { t } = useText();
  const [shown, setShown] = useState<RequestShelf | "">("");
  const [typed, setTyped] = useState("");
  const [isAsking, setAsking] = useState(false);
  const q = useDeferredValue(typed.trim());
  const list = usePages({
    key: [...payKeys.requests, shown, q],
    load: (cursor, signal) =>
      call(listPayRequests, { query: { cursor, ...(shown && { state: shown }), ...(q && { q }) } }, signal),
    freshMs,
  });
  return (
    <PaymentsFrame
      title={t("pay.requests")}
      subtitle={t("pay.requestsText")}
      actions={
        <Button variant="primary" icon={Plus} onClick={() => setAsking(true)}>
          {t("pay.ask")}
        </Button>
      }
    >
      <MissingLine />
      <PagedList
        list={list}
        words={{
          title: t("pay.requests"),
          loading: t("pay.loading"),
          notLoaded: t("pay.notLoaded"),
          none: t("pay.noRequests"),
          noneText: t("pay.noRequestsText"),
          noMatch: t("pay.noMatch"),
        }}
        isFiltered={shown !== "" || q !== ""}
        filter={
          <div className="mb-3 flex flex-wrap gap-3">
            <TextField
              label={t("pay.find")}
              className="w-full sm:w-80"
              type="search"
              maxLength={100}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <SelectField
              label={t("pay.show")}
              className="w-full sm:w-60"
              value={shown}
              options={[
                { value: "", label: t("pay.shown.all") },
                ...shelves.map((value) => ({ value, label: t(`pay.shown.${value}`) })),
              ]}
              onChange={(event) => setShown(event.target.value as RequestShelf | "")}
            />
          </div>
        }
        row={(one) => <Row key={one.id} request={one} />}
      />
      {isAsking && <AskDialog onClose={() => setAsking(false)} />}
    </PaymentsFrame>
  );
}

function Row({ request }: { request: RequestRow }) {
  const { t, format } = useText();
  const money = useMoney();
  const { id, title, name, dueOn, amountMinor, owedMinor, currency, createdAt } = request;
  const facts = [
    name,
    owedMinor > 0
      ? t("pay.dueOn", { day: format.date(dueOn) })
      : t("pay.askedOn", { day: format.date(createdAt) }),
  ];
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 py-3">
      <div className="min-w-0">
        <Link
          to="/payments/requests/$request"
          params={{ request: String(id) }}
          className="font-strong wrap-anywhere text-ink underline-offset-4 hover:underline"
        >
          {title}
        </Link>
        <p className="text-small wrap-anywhere text-ink-2">{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <div className="grid content-start justify-items-end gap-1 text-right">
        <span className="font-strong whitespace-nowrap tabular-nums">{money(amountMinor, currency)}</span>
        {owedMinor > 0 && owedMinor < amountMinor && (
          <span className="text-small whitespace-nowrap text-ink-2">
            {t("pay.stillOpen", { amount: money(owedMinor, currency) })}
          </span>
        )}
        <StateTag request={request} />
      </div>
    </li>
  );
}
