import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cancelTillRequest, getTillRequest, type TillRequest } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { QrCode } from "../../../ui/qr-code.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { useMoney } from "../money.ts";
import { CoinRefusal } from "../refusal.tsx";
import { isSoundOn, playPaid, setSound } from "./paid-sound.ts";
import { TakeOffline } from "./take-offline.tsx";

/** A customer stands there: what they pay is seen within a second. */
const lookMs = 700;
const isOpen = (request: TillRequest | undefined) => request === undefined || request.state === "open";

/** What the customer is asked for, until it is paid, over or taken back. */
export function Shown({ id, symbol, onNext }: { id: number; symbol: string; onNext(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const queryKey = ["till", "request", id];
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getTillRequest, { params: { id } }, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (isOpen(state.data) ? lookMs : false),
  });
  const request = asked.data;
  usePaidSound(request);
  const cancelling = useMutation({
    mutationFn: () => call(cancelTillRequest, { params: { id } }),
    onSuccess: (next) => client.setQueryData(queryKey, next),
  });
  if (!request)
    return asked.error ? (
      <Failure error={asked.error} title={t("till.notLoaded")} retry={() => void asked.refetch()} />
    ) : (
      <Waiting rows={4} label={t("till.loading")} />
    );
  if (request.state !== "open") return <Ended request={request} symbol={symbol} onNext={onNext} />;
  return (
    <Card>
      <Open request={request} symbol={symbol} onTaken={(next) => client.setQueryData(queryKey, next)} />
      <CoinRefusal error={cancelling.error} />
      <Button className="mt-4 w-full" busy={cancelling.isPending} onClick={() => cancelling.mutate()}>
        {t("till.cancel")}
      </Button>
    </Card>
  );
}

interface OpenProps {
  request: TillRequest;
  symbol: string;
  onTaken(request: TillRequest): void;
}

function Open({ request, symbol, onTaken }: OpenProps) {
  const { t } = useText();
  const money = useMoney();
  const [way, setWay] = useState<"online" | "offline">("online");
  const [isOn, setOn] = useState(isSoundOn);
  return (
    <div className="grid gap-4">
      <p className="text-center">
        <span className="block font-head text-display font-heavy">
          {money.coins(request.amountMinor, symbol)}
        </span>
        <span className="wrap-anywhere text-ink-2">{request.title}</span>
      </p>
      <QrCode
        text={way === "online" ? request.link : `${location.origin}/wallet#p=${request.offer}`}
        label={t(way === "online" ? "till.code" : "till.codeOffline")}
        className="w-full max-w-80 justify-self-center"
      />
      <p role="status" className="text-center text-small text-ink-2">
        {t("till.waiting")}
      </p>
      <Choice
        label={t("till.phone")}
        value={way}
        options={[
          { value: "online", label: t("till.phone.online") },
          { value: "offline", label: t("till.phone.offline") },
        ]}
        onChange={(next) => setWay(next)}
      />
      {way === "offline" && <TakeOffline shown={{ id: request.id, onTaken }} />}
      <Switch
        label={t("till.sound")}
        words={{ on: t("on"), off: t("off") }}
        checked={isOn}
        onChange={(next) => {
          setSound(next);
          setOn(next);
        }}
      />
    </div>
  );
}

function Ended({ request, symbol, onNext }: { request: TillRequest; symbol: string; onNext(): void }) {
  const { t, format } = useText();
  const money = useMoney();
  const isPaid = request.state === "paid" || request.state === "held";
  return (
    <Card>
      <div className="grid justify-items-center gap-3 text-center">
        {isPaid && <CircleCheck size={72} strokeWidth={1.5} aria-hidden="true" className="text-ok" />}
        <div role="status">
          <h2 className="text-h1">{t(`till.state.${request.state}`)}</h2>
          <p className="font-head text-display font-heavy">{money.coins(request.amountMinor, symbol)}</p>
          <p className="wrap-anywhere text-ink-2">{request.title}</p>
        </div>
        {request.paidAt && (
          <p className="text-small text-ink-2">
            {t("till.paidAt", { at: format.moment(request.paidAt, Date.now()) })}
          </p>
        )}
        {!isPaid && <StateLine kind="warn">{t("till.notPaid")}</StateLine>}
        <Button variant="primary" className="min-h-14 w-full" onClick={onNext}>
          {t("till.next")}
        </Button>
      </div>
    </Card>
  );
}

function usePaidSound(request: TillRequest | undefined): void {
  const before = useRef<string | null>(null);
  const state = request?.state ?? null;
  useEffect(() => {
    if (before.current === "open" && (state === "paid" || state === "held")) playPaid();
    before.current = state;
  }, [state]);
}
