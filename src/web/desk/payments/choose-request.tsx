import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { listPayRequests } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { payKeys } from "./queries.ts";
import { StateTag } from "./state-tag.tsx";
import { useMoney } from "./use-money.ts";

const most = 8;

interface ChooseProps {
  /** Looks among what was paid instead of what is open. */
  isReversal: boolean;
  busyId: number | null;
  onChoose(requestId: number): void;
  onCancel(): void;
}

/** Another request than what was proposed, found by words. */
export function ChooseRequest({ isReversal, busyId, onChoose, onCancel }: ChooseProps) {
  const { t } = useText();
  const money = useMoney();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  // Money also comes for what has ended: with words everything is looked through.
  const state = q === "" ? { state: isReversal ? ("settled" as const) : ("owing" as const) } : { q };
  const found = useQuery({
    queryKey: [...payKeys.requests, "choose", isReversal, q],
    queryFn: ({ signal }) => call(listPayRequests, { query: { limit: most, ...state } }, signal),
  });
  return (
    <div className="grid gap-2 rounded-2 border border-line bg-ground p-3">
      <TextField
        label={t("pay.find")}
        type="search"
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <PayFault error={found.error} />
      {found.data?.items.length === 0 && <p className="text-ink-2">{t("pay.noMatch")}</p>}
      <ul className="divide-y divide-line">
        {found.data?.items.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <span className="min-w-0 wrap-anywhere">
              <span className="font-strong">{one.title}</span>
              {one.name && `, ${one.name}`}{" "}
              <span className="whitespace-nowrap tabular-nums">{money(one.amountMinor, one.currency)}</span>{" "}
              <StateTag request={one} />
            </span>
            <Button
              busy={busyId === one.id}
              aria-label={t(isReversal ? "pay.takeBackOn" : "pay.bookOn", { title: one.title })}
              onClick={() => onChoose(one.id)}
            >
              {t(isReversal ? "pay.takeBack" : "pay.book")}
            </Button>
          </li>
        ))}
      </ul>
      <Button className="justify-self-start" onClick={onCancel}>
        {t("cancel")}
      </Button>
    </div>
  );
}
