import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type CoinMerchant, type CoinSetup, inviteMerchant } from "../../../skills/wallet/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { CopyRow } from "../../ui/copy-row.tsx";
import { TextField } from "../../ui/field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { CoinFrame } from "./coin-frame.tsx";
import { useMoney } from "./money.ts";
import { coinQuery, merchantsQuery, useCoinChange } from "./queries.ts";
import { CoinRefusal } from "./refusal.tsx";
import { CouncilCard } from "./setup/council-card.tsx";

/** Who takes the coin, and who decides about it. */
export function MembersPage() {
  const { t } = useText();
  const asked = useQuery(coinQuery);
  const coin = asked.data;
  return (
    <CoinFrame title={t("coin.members")} subtitle={t("coin.membersText")}>
      {asked.isPending && <Waiting rows={4} label={t("coin.loading")} />}
      {asked.error && !coin && (
        <Failure error={asked.error} title={t("coin.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {coin?.ledger && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <Merchants coin={coin} />
          <CouncilCard coin={coin} />
        </div>
      )}
    </CoinFrame>
  );
}

function Merchants({ coin }: { coin: CoinSetup }) {
  const { t } = useText();
  const me = useMe();
  const merchants = useQuery(merchantsQuery);
  const items = merchants.data?.items ?? [];
  return (
    <Card title={t("coin.merchants")}>
      {merchants.isPending && <Waiting rows={3} label={t("coin.loading")} />}
      {!merchants.data && <FailureRows error={merchants.error} />}
      {merchants.data && items.length === 0 && (
        <p className="text-ink-2">{t("coin.noMerchants", { name: coin.name })}</p>
      )}
      <ul className="divide-y divide-line">
        {items.map((one) => (
          <Merchant key={one.id} merchant={one} symbol={coin.symbol} />
        ))}
      </ul>
      {isManager(me) && <Invite />}
    </Card>
  );
}

function Merchant({ merchant, symbol }: { merchant: CoinMerchant; symbol: string }) {
  const { t } = useText();
  const money = useMoney();
  const { name, state, isFrozen, balanceMinor, invitation } = merchant;
  return (
    <li className="grid gap-2 py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 font-strong wrap-anywhere">{name}</span>
        {state === "invited" && <Tag kind="plain">{t("coin.merchant.invited")}</Tag>}
        {state === "left" && <Tag kind="off">{t("coin.merchant.left")}</Tag>}
        {isFrozen && <Tag kind="bad">{t("coin.frozen")}</Tag>}
        {balanceMinor !== null && (
          <span className="ml-auto text-small">{money.coins(balanceMinor, symbol)}</span>
        )}
      </p>
      {invitation && (
        <CopyRow
          label={t("coin.merchant.code")}
          value={invitation}
          words={{ copy: t("copy"), copied: t("copied") }}
        />
      )}
      {merchant.account && (
        <code className="font-mono text-tiny break-all text-ink-2">{merchant.account}</code>
      )}
    </li>
  );
}

function Invite() {
  const { t } = useText();
  const refresh = useCoinChange();
  const [name, setName] = useState("");
  const inviting = useMutation({
    mutationFn: () => call(inviteMerchant, { body: { name: name.trim() } }),
    onSuccess: () => {
      setName("");
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") inviting.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-4 grid gap-3 border-t border-line pt-4">
      <TextField
        label={t("coin.merchant.name")}
        help={t("coin.merchant.inviteHelp")}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <CoinRefusal error={inviting.error} />
      <Button type="submit" className="justify-self-start" busy={inviting.isPending}>
        {t("coin.merchant.invite")}
      </Button>
    </form>
  );
}
