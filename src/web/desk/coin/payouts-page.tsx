import { useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { ReplyOf } from "#kernel/api";
import { endRedemption, type listRedemptions, makeRedemptionFile } from "../../../skills/wallet/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { QuietDrawing } from "../../ui/drawings.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { Statement } from "../../ui/statement.tsx";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { CoinFrame } from "./coin-frame.tsx";
import { useMoney } from "./money.ts";
import { payoutsQuery, useCoinChange } from "./queries.ts";
import { CoinRefusal } from "./refusal.tsx";

type Payout = ReplyOf<typeof listRedemptions>["items"][number];

/** Coins that merchants hand back, and the transfers that pay for them out of the reserve. */
export function PayoutsPage() {
  const { t } = useText();
  const me = useMe();
  const asked = useQuery(payoutsQuery);
  const refresh = useCoinChange();
  const making = useMutation({
    mutationFn: () => call(makeRedemptionFile, {}),
    onSuccess: ({ name, mime, content }) => {
      saveFile(name, new TextDecoder().decode(bytesOf(content)), mime);
      return refresh();
    },
  });
  const items = asked.data?.items ?? [];
  const waiting = asked.data?.waiting ?? 0;
  return (
    <CoinFrame
      title={t("coin.payouts")}
      subtitle={t("coin.payoutsText")}
      actions={
        isManager(me) &&
        waiting > 0 && (
          <Button variant="primary" icon={Download} busy={making.isPending} onClick={() => making.mutate()}>
            {t("coin.payouts.file", { count: waiting })}
          </Button>
        )
      }
    >
      <CoinRefusal error={making.error} />
      {asked.isPending && <Waiting rows={4} label={t("coin.loading")} />}
      {asked.error && !asked.data && (
        <Failure error={asked.error} title={t("coin.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {asked.data && items.length === 0 && (
        <Statement drawing={<QuietDrawing className="w-[240px] max-w-full" />} title={t("coin.noPayouts")}>
          {t("coin.noPayoutsText")}
        </Statement>
      )}
      {items.length > 0 && (
        <Card>
          <ul className="divide-y divide-line border-t-[1.5px] border-ink">
            {items.map((one) => (
              <Row key={one.id} payout={one} />
            ))}
          </ul>
        </Card>
      )}
    </CoinFrame>
  );
}

const kinds: Record<Payout["state"], TagKind> = {
  asked: "plain",
  accepted: "warn",
  ordered: "info",
  paid: "ok",
  returned: "off",
};

function Row({ payout }: { payout: Payout }) {
  const { t, format } = useText();
  const money = useMoney();
  const me = useMe();
  const refresh = useCoinChange();
  const ending = useMutation({
    mutationFn: () => call(endRedemption, { params: { id: payout.id } }),
    onSuccess: refresh,
  });
  return (
    <li className="grid gap-1 py-3">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="min-w-0 font-strong wrap-anywhere">{payout.merchant}</span>
        <Tag kind={kinds[payout.state]}>{t(`coin.payout.${payout.state}`)}</Tag>
        <span className="ml-auto font-strong">{money.euro(payout.amountMinor)}</span>
      </p>
      <p className="flex flex-wrap gap-x-4 text-small text-ink-2">
        <span className="wrap-anywhere">{payout.holder}</span>
        <span className="font-mono text-tiny break-all">{payout.iban}</span>
        <span>{format.moment(payout.askedAt, Date.now())}</span>
      </p>
      {payout.state === "ordered" && isManager(me) && (
        <Button className="justify-self-start" busy={ending.isPending} onClick={() => ending.mutate()}>
          {t("coin.payout.done")}
        </Button>
      )}
      <CoinRefusal error={ending.error} />
    </li>
  );
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
