import type { CoinSetup } from "../../../skills/wallet/api.ts";
import { minorOf } from "./money.ts";

type Ledger = NonNullable<CoinSetup["ledger"]>;

/** A coin is a euro: what all coins stand for is their number, rounded up to the cent. */
export function coverageOf({ supply, attested, attestationLasts, time }: Ledger): {
  state: "none" | "full" | "stale" | "short";
  /** 1 = 100 %; null without coins or without a reserve */
  share: number | null;
} {
  const [euro] = attested;
  if (!euro) return { state: supply === 0 ? "none" : "short", share: null };
  const needed = minorOf(supply + 9_999);
  const share = needed === 0 ? null : euro.amount / needed;
  if (euro.amount < needed) return { state: "short", share };
  if (euro.statedAt + attestationLasts <= time) return { state: "stale", share };
  return { state: "full", share };
}
