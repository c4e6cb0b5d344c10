/** The skill's contracts. */

export * from "./api/association.ts";
export * from "./api/coin.ts";
export type { Legal, Outcome, RequestState, ShownCoin } from "./api/shared.ts";
export * from "./api/till.ts";
export * from "./api/wallet.ts";
