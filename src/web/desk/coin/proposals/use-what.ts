import type { CoinSetup, ProposalContent } from "../../../../skills/wallet/api.ts";
import { useText } from "../../text/use-text.ts";
import { shortHash } from "../attestations-card.tsx";
import { minorOf, useMoney } from "../money.ts";

/** What a proposal does, in one sentence; whoever signs signs this. */
export function useWhat(coin: CoinSetup): (what: ProposalContent) => string {
  const { t, format } = useText();
  const money = useMoney();
  const coins = (minor: number) => money.coins(minor, coin.symbol);
  const limit = (minor: number | null) => (minor === null ? t("coin.noLimit") : coins(minor));
  const preburn = (id: string) => {
    const found = coin.ledger?.preburns.find((one) => one.id === id);
    return found ? `${coins(minorOf(found.amount))} (${shortHash(id)})` : shortHash(id);
  };
  // Whose account it is stands in the bytes; the name is only what the node calls it.
  const nameOf = (id: number) => {
    const found = coin.council.find((one) => one.id === id);
    return found ? `${found.name} (${shortHash(found.account)})` : String(id);
  };
  const names = (ids: readonly number[]) => ids.map(nameOf).join(", ");
  return (what) => {
    switch (what.kind) {
      case "mint":
        return t("coin.what.mint", { amount: coins(what.amountMinor) });
      case "burn":
        return t("coin.what.burn", { amount: preburn(what.preburn) });
      case "cancel":
        return t("coin.what.cancel", { amount: preburn(what.preburn) });
      case "freeze":
        return t(what.isFrozen ? "coin.what.freeze" : "coin.what.thaw", {
          account: shortHash(what.account),
          reason: what.reason,
        });
      case "limit":
        return t("coin.what.limit", {
          role: t(`coin.role.${what.role}`),
          holding: limit(what.holdingMinor),
          day: limit(what.dayMinor),
        });
      case "attest":
        return t("coin.what.attest", {
          amount: money.euro(what.amountMinor),
          date: format.date(what.statedAt),
          hash: shortHash(what.statement),
        });
      case "council":
        return t(`coin.what.council.${what.council}`, {
          needed: what.needed,
          names: names(what.members),
        });
      case "seat":
        return t("coin.what.seat", { name: names([what.member]) });
    }
  };
}
