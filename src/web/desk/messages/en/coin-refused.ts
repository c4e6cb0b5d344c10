import type { Entry } from "../../text/catalogue.ts";
import type { coinRefused as de } from "../de/coin-refused.ts";

export const coinRefused: Record<keyof typeof de, Entry> = {
  "coin.amountUnread": "This is no amount. For example 10.90.",
  "coin.refused": "This cannot be done. Everything stays as it was.",
  "coin.refused.no_coin": "This company issues no coin.",
  "coin.refused.not_enough": "The account does not have that much. Nothing was redeemed.",
  "coin.refused.begun": "The coin has begun. From now on only the councils change this.",
  "coin.refused.not_begun": "The coin has not begun yet.",
  "coin.refused.no_licence":
    "For this the node needs a licensed institution's statement in its configuration.",
  "coin.refused.too_few": "The council has too few members yet.",
  "coin.refused.too_many": "The council has eight members already.",
  "coin.refused.not_yours": "This seat belongs to somebody else.",
  "coin.refused.bad_signature": "The signature does not fit the proposal. Nothing was counted.",
  "coin.refused.closed": "The proposal is not open any more.",
  "coin.refused.being_paid": "Somebody is paying this at this moment. Look again in a few seconds.",
  "coin.refused.not_this_request": "This code is for another payment. Nothing was booked for this one.",
  "coin.refused.many_opened":
    "Several people may open an account by this invitation. Name the account itself.",
  "coin.refused.not_opened": "No account was opened by this invitation yet.",
  "coin.refused.used_up": "This invitation was used, or has run out.",
  "coin.refused.too_much": "The exchange does not have that much. Nothing was sold.",
  "coin.refused.no_iban": "The IBAN of the reserve's account is missing.",
  "coin.refused.nothing_waits": "No payout waits.",
  "coin.refused.beginning": "The coin is about to begin; its councils are fixed.",
  "coin.refused.play": "Nobody owes euro for play money.",
  "coin.refused.unknown_account": "This coin has no such account.",
  "coin.refused.not_seated": "Who is new needs a seat on the ledger first.",
  "coin.refused.field.iban": "This IBAN is wrong: its length or its check digits do not fit.",
  "coin.refused.field.redeemIban": "This IBAN is wrong: its length or its check digits do not fit.",
  "coin.refused.field.account": "This is no account. It has 32 characters from 0 to 9 and a to f.",
  "coin.refused.field.to": "This is no account. It has 32 characters from 0 to 9 and a to f.",
  "coin.refused.field.invitation": "This is no invitation. It begins with a number and a point.",
  "coin.refused.field.symbol": "The symbol has two to six letters.",
};
