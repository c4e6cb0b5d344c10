/** The page's contracts as types only: zod stays out of the browser, and this is the one door to them. */
import type {
  PortalDecision,
  PortalGrant,
  PortalReader,
  PortalStored,
  portalContest,
  portalErase,
  portalPage,
  portalSwitch,
  ReplyOf,
} from "#kernel/api";

export type { PortalDecision, PortalGrant, PortalReader, PortalStored };
export type PortalData = ReplyOf<typeof portalPage>;
export type Grants = ReplyOf<typeof portalSwitch>;
export type Contested = ReplyOf<typeof portalContest>;
export type Erased = ReplyOf<typeof portalErase>;
