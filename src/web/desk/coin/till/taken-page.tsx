import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listTillRequests, type TillRequest } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { SelectField } from "../../../ui/field.tsx";
import { Tag, type TagKind } from "../../../ui/tag.tsx";
import { PagedList, usePages } from "../../shell/paged-list.tsx";
import { useText } from "../../text/use-text.ts";
import { useMoney } from "../money.ts";
import { tillQuery } from "../queries.ts";
import { TakeOffline } from "./take-offline.tsx";
import { TakenActions } from "./taken-actions.tsx";
import { TillFrame } from "./till-frame.tsx";

const freshMs = 5_000;
const states = [
  "open",
  "held",
  "paid",
  "part_refunded",
  "refunded",
  "returned",
  "expired",
  "cancelled",
] as const;

/** What was asked for and what came of it. */
export function TakenPage() {
  const { t } = useText();
  const [state, setState] = useState<TillRequest["state"] | "">("");
  const list = usePages({
    key: ["till", "requests", state],
    load: (cursor, signal) =>
      call(listTillRequests, { query: { cursor, ...(state !== "" && { state }) } }, signal),
    freshMs,
  });
  const filter = (
    <SelectField
      label={t("till.filter")}
      className="mb-3 w-full sm:w-80"
      value={state}
      options={[
        { value: "", label: t("till.filter.all") },
        ...states.map((value) => ({ value, label: t(`till.state.${value}`) })),
      ]}
      onChange={(event) => setState(event.target.value as typeof state)}
    />
  );
  return (
    <TillFrame title={t("till.taken")} subtitle={t("till.takenText")}>
      <PagedList
        list={list}
        words={{
          title: t("till.taken"),
          loading: t("till.loading"),
          notLoaded: t("till.notLoaded"),
          none: t("till.nothing"),
          noneText: t("till.nothingText"),
          noMatch: t("till.noMatch"),
        }}
        isFiltered={state !== ""}
        filter={filter}
        row={(one) => <Row key={one.id} request={one} />}
      />
      <details className="mt-5 rounded-2 border border-line bg-sheet p-4">
        <summary className="cursor-pointer font-strong">{t("till.offlineLater")}</summary>
        <div className="mt-3">
          <TakeOffline />
        </div>
      </details>
    </TillFrame>
  );
}

const kinds: Record<TillRequest["state"], TagKind> = {
  open: "plain",
  held: "info",
  paid: "ok",
  part_refunded: "warn",
  refunded: "past",
  returned: "past",
  expired: "past",
  cancelled: "off",
};

function Row({ request }: { request: TillRequest }) {
  const { t, format, language } = useText();
  const money = useMoney();
  const symbol =
    useQuery(tillQuery).data?.items.find(({ id }) => id === request.membershipId)?.coin.symbol ?? "";
  return (
    <li className="grid gap-1 py-3">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="min-w-0 font-strong wrap-anywhere">{request.title}</span>
        <Tag kind={kinds[request.state]}>{t(`till.state.${request.state}`)}</Tag>
        {request.isOffline && <Tag kind="plain">{t("till.wasOffline")}</Tag>}
        <span className="ml-auto font-strong">{money.coins(request.amountMinor, symbol)}</span>
      </p>
      <p className="text-small text-ink-2">
        {[
          format.moment(request.createdAt, Date.now()),
          request.refundedMinor > 0 &&
            t("till.refundedSum", { amount: money.coins(request.refundedMinor, symbol) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {request.entries
        .filter(({ state }) => state !== "done")
        .map((entry) => (
          <p key={`${entry.kind} ${entry.at}`} className="text-small">
            <Tag kind={entry.state === "failed" ? "bad" : "plain"}>{t(`till.entry.${entry.state}`)}</Tag>{" "}
            {t(`till.kind.${entry.kind}`)} {money.coins(entry.amountMinor, symbol)} {entry.sentence[language]}
          </p>
        ))}
      <TakenActions request={request} symbol={symbol} />
    </li>
  );
}
