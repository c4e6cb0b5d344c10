import {
  AMOUNT_MOST,
  decodeBody,
  encodeBody,
  LIFETIME_MS,
  type Operation,
  type Transaction,
} from "../../../../skills/coin/api.ts";
import type { CoinSetup, ProposalContent } from "../../../../skills/wallet/api.ts";
import { fromHex, toHex } from "../../../coin-key/p256-key.ts";
import { unitsOf } from "../money.ts";

/** What a member's browser signs is what its page says, whatever the node calls it. */

/** Clocks differ by so much. */
const CLOCKS_MS = 600_000;

export interface Signing {
  readonly what: ProposalContent;
  readonly coin: CoinSetup;
  readonly me: { readonly account: string; readonly point: string };
  readonly now: number;
}

/**
 * @param body hexadecimal
 * @returns the bytes to sign; null where they do anything but what is said, are nothing of mine, or hold for more than a day
 */
export function readBody(body: string, { what, coin, me, now }: Signing): Uint8Array<ArrayBuffer> | null {
  const bytes = fromHex(body);
  const read = decoded(bytes);
  const [only] = read?.operations ?? [];
  const wanted = only && operationOf(what, coin, only);
  if (!read || !wanted || read.chainId !== coin.ledger?.chainId) return null;
  if (read.expiresAt > now + LIFETIME_MS + CLOCKS_MS) return null;
  const isMine = read.signers.some(
    ({ account, key }) => toHex(account) === me.account && toHex(key) === me.point,
  );
  const same = encodeBody({ ...read, operations: [wanted] });
  return isMine && toHex(same) === body ? bytes : null;
}

function decoded(bytes: Uint8Array): Transaction | null {
  try {
    return decodeBody(bytes);
  } catch {
    return null;
  }
}

/**
 * The operation of which the page speaks.
 * @param given what only the node makes is taken from it: the hash of a reason, and what hides a new member's account
 */
function operationOf(what: ProposalContent, coin: CoinSetup, given: Operation): Operation | null {
  const by = 0;
  const most = (minor: number | null) => (minor === null ? AMOUNT_MOST : unitsOf(minor));
  switch (what.kind) {
    case "mint": {
      const to = coin.ledger?.exchange.account;
      return to ? { kind: "mint", by, to: fromHex(to), amount: unitsOf(what.amountMinor) } : null;
    }
    case "burn":
    case "cancel":
      return { kind: what.kind, by, preburn: fromHex(what.preburn) };
    case "freeze": {
      if (given.kind !== "freeze") return null;
      return { ...given, by, account: fromHex(what.account), isFrozen: what.isFrozen };
    }
    case "limit": {
      const { role, holdingMinor, dayMinor } = what;
      return { kind: "limit", by, role, holdingMost: most(holdingMinor), dayMost: most(dayMinor) };
    }
    case "attest": {
      const { asset, amountMinor: amount, statedAt, statement } = what;
      const at = Date.parse(statedAt);
      return { kind: "attest", by, asset, amount, statedAt: at, statement: fromHex(statement) };
    }
    default:
      return councilOperation(what, coin, given);
  }
}

function councilOperation(
  what: Extract<ProposalContent, { kind: "council" | "seat" }>,
  { council: known }: CoinSetup,
  given: Operation,
): Operation | null {
  const member = (id: number) => known.find((one) => one.id === id);
  if (what.kind === "seat") {
    const seat = member(what.member);
    if (!seat || given.kind !== "open") return null;
    const role = seat.council === "governors" ? "governor" : "attestor";
    const [account, key] = [fromHex(seat.account), fromHex(seat.key)];
    return { kind: "open", by: 0, account, role, scheme: "p256", key, secret: given.secret };
  }
  const { council, needed } = what;
  const seats = [...new Set(what.members)].map(member);
  if (!seats.every((seat) => seat?.council === council)) return null;
  const members = seats.map((seat) => fromHex(seat?.account ?? ""));
  return { kind: "council", by: 0, council, needed, members };
}
