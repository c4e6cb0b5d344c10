/** The page's contracts as types only: zod stays out of the browser, and this is the one door to them. */
import type { ReplyOf } from "#kernel/api";
import type { getPayPage, getPayPageReceipt } from "../../skills/pay/api.ts";

export type Pay = ReplyOf<typeof getPayPage>;
export type Receipt = ReplyOf<typeof getPayPageReceipt>;
export type Provider = Pay["providers"][number];
