import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  dismissEntry,
  type Entry,
  type EntryStateName,
  matchEntry,
  undoEntry,
} from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";
import { ChooseRequest } from "./choose-request.tsx";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";
import { useMoney } from "./use-money.ts";

const kinds: Partial<Record<EntryStateName, TagKind>> = {
  matched: "ok",
  proposed: "turn",
  unknown: "turn",
  reversal: "warn",
  foreign_currency: "warn",
};

/** One entry: who, what for, how much; what is proposed takes one tap, and so does taking it back. */
export function EntryRow({ entry }: { entry: Entry }) {
  const { t, format } = useText();
  const money = useMoney();
  const change = usePayChange();
  const [isChoosing, setChoosing] = useState(false);
  const params = { id: entry.id };
  const acting = useMutation({
    mutationFn: (what: number | "undo" | "dismiss") => {
      if (what === "undo") return call(undoEntry, { params });
      if (what === "dismiss") return call(dismissEntry, { params });
      return call(matchEntry, { params, body: { requestId: what } });
    },
    onSuccess: () => {
      setChoosing(false);
      change();
    },
  });
  const { name, words, reference, iban, bookedOn, isCredit, amountMinor, currency, state, requestId } = entry;
  const isTodo = state !== "matched" && state !== "dismissed" && state !== "other";
  // A transfer of ours that came back pays nothing, and nothing that left does unless it takes a payment back.
  const mayMatch = isTodo && (isCredit ? state !== "reversal" : state === "reversal");
  const run = (what: number | "undo" | "dismiss") => acting.mutate(what);
  return (
    <li className="grid gap-2 py-3">
      <div className="grid grid-cols-[1fr_auto] gap-x-4">
        <div className="min-w-0 wrap-anywhere">
          <p className="font-strong">{name || t("pay.unnamed")}</p>
          <p>{[reference, words].filter(Boolean).join(" · ")}</p>
          <p className="text-small text-ink-2">
            {[t("pay.bookedOn", { day: format.date(bookedOn) }), iban].filter(Boolean).join(" · ")}
          </p>
        </div>
        <div className="grid content-start justify-items-end gap-1">
          <span className="font-strong whitespace-nowrap tabular-nums">
            {money(isCredit ? amountMinor : -amountMinor, currency)}
          </span>
          <Tag kind={kinds[state] ?? "off"}>{t(`pay.entry.${state}`)}</Tag>
        </div>
      </div>
      {mayMatch && entry.proposals.length > 0 && (
        <ul className="grid gap-2">
          {entry.proposals.map((one) => (
            <li
              key={one.requestId}
              className="grid gap-2 rounded-2 border border-dashed border-line-strong p-3 sm:grid-cols-[1fr_auto] sm:items-center"
            >
              <div className="min-w-0 wrap-anywhere">
                <p>
                  <span className="font-strong">{one.title}</span>
                  {one.name && `, ${one.name}`}
                </p>
                <p className="text-small text-ink-2">
                  {t(`pay.why.${one.why}`)}{" "}
                  {one.owedMinor > 0 && t("pay.stillOpen", { amount: money(one.owedMinor) })}
                </p>
              </div>
              <Button
                busy={acting.isPending && acting.variables === one.requestId}
                aria-label={t(isCredit ? "pay.bookOn" : "pay.takeBackOn", { title: one.title })}
                onClick={() => run(one.requestId)}
              >
                {t(isCredit ? "pay.book" : "pay.takeBack")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        {mayMatch && !isChoosing && (
          <Button onClick={() => setChoosing(true)}>{t("pay.chooseRequest")}</Button>
        )}
        {isTodo && (
          <Button busy={acting.isPending && acting.variables === "dismiss"} onClick={() => run("dismiss")}>
            {t("pay.dismiss")}
          </Button>
        )}
        {requestId !== null && (
          <Link
            to="/payments/requests/$request"
            params={{ request: String(requestId) }}
            className={buttonClass()}
          >
            {t("pay.openRequest")}
          </Link>
        )}
        {(state === "matched" || state === "dismissed") && (
          <Button busy={acting.isPending && acting.variables === "undo"} onClick={() => run("undo")}>
            {t("undo")}
          </Button>
        )}
      </div>
      {isChoosing && (
        <ChooseRequest
          isReversal={!isCredit}
          busyId={acting.isPending && typeof acting.variables === "number" ? acting.variables : null}
          onChoose={run}
          onCancel={() => setChoosing(false)}
        />
      )}
      <PayFault error={acting.error} />
    </li>
  );
}
