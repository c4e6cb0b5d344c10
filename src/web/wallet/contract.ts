/** The page's contracts as types only: zod stays out of the browser, and this is the one door to them. */
import type { BodyOf, ReplyOf } from "#kernel/api";
import type {
  askRecovery,
  getRecovery,
  getWallet,
  getWalletProof,
  getWalletRequest,
  inviteDevice,
  listMovements,
  listRecoveries,
  lookAtInvitation,
  openWallet,
  signRecovery,
  submitTransaction,
} from "../../skills/wallet/api.ts";

export type Me = ReplyOf<typeof getWallet>;
export type Invitation = ReplyOf<typeof lookAtInvitation>;
export type Opened = ReplyOf<typeof openWallet>;
export type OpenBody = BodyOf<typeof openWallet>;
export type Movements = ReplyOf<typeof listMovements>;
export type Movement = Movements["items"][number];
export type Asked = ReplyOf<typeof getWalletRequest>;
export type Outcome = ReplyOf<typeof submitTransaction>;
export type Proof = ReplyOf<typeof getWalletProof>;
export type DeviceInvitation = ReplyOf<typeof inviteDevice>;
export type RecoveryAsked = ReplyOf<typeof askRecovery>;
export type Recovery = ReplyOf<typeof getRecovery>;
export type HelpAsked = ReplyOf<typeof listRecoveries>["items"][number];
export type Helped = ReplyOf<typeof signRecovery>;
export type Coin = Me["coin"];
export type Helper = Me["recoverers"]["members"][number];
