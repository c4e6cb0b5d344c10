import type { ReplyOf } from "#kernel/api";
import type { getPublicCoin } from "../../skills/wallet/api.ts";

/** What everybody may know of a coin. */
export type PublicCoin = ReplyOf<typeof getPublicCoin>;
