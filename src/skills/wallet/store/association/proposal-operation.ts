import { createHash } from "node:crypto";
import { AppError } from "#kernel";
import { AMOUNT_MOST, type Council, type Operation } from "../../../coin/api.ts";
import type { ProposalContent } from "../../api.ts";
import { bytesOf } from "../../rules/bytes.ts";
import { unitsOf } from "../../rules/money.ts";
import type { CouncilRow } from "../begin.ts";
import type { OpenCoin } from "../coins.ts";

/** What a proposal asks of the ledger; the first signer acts. */

export const councilFor = ({ kind }: ProposalContent): Council =>
  kind === "attest" ? "attestors" : "governors";

interface Known {
  readonly coin: OpenCoin;
  readonly council: readonly CouncilRow[];
  /** Hides the reason of which the ledger has only a hash. */
  readonly salt: Uint8Array;
}

/** @throws AppError bad_request, rule_broken for members who do not fit */
export function operationFor(what: ProposalContent, known: Known): Operation {
  const by = 0;
  switch (what.kind) {
    case "mint":
      return {
        kind: "mint",
        by,
        to: new Uint8Array(known.coin.exchange_account),
        amount: unitsOf(what.amountMinor),
      };
    case "burn":
    case "cancel":
      return { kind: what.kind, by, preburn: bytesOf(what.preburn) };
    case "freeze":
      return {
        kind: "freeze",
        by,
        account: bytesOf(what.account),
        isFrozen: what.isFrozen,
        reason: saltedHash(known.salt, what.reason),
      };
    case "limit":
      return {
        kind: "limit",
        by,
        role: what.role,
        holdingMost: what.holdingMinor === null ? AMOUNT_MOST : unitsOf(what.holdingMinor),
        dayMost: what.dayMinor === null ? AMOUNT_MOST : unitsOf(what.dayMinor),
      };
    case "attest":
      return {
        kind: "attest",
        by,
        asset: what.asset,
        amount: what.amountMinor,
        statedAt: Date.parse(what.statedAt),
        statement: bytesOf(what.statement),
      };
    default:
      return councilOperation(what, known.council);
  }
}

const saltedHash = (salt: Uint8Array, text: string): Uint8Array =>
  new Uint8Array(createHash("sha256").update(salt).update(text, "utf8").digest());

function councilOperation(
  what: Extract<ProposalContent, { kind: "council" | "seat" }>,
  rows: readonly CouncilRow[],
): Operation {
  const member = (id: number): CouncilRow => {
    const found = rows.find((one) => one.id === id);
    if (!found)
      throw new AppError("bad_request", undefined, [{ path: "members", message: "nobody of these" }]);
    return found;
  };
  if (what.kind === "seat") {
    const { account, key, secret, council } = member(what.member);
    return {
      kind: "open",
      by: 0,
      account: new Uint8Array(account),
      role: council === "governors" ? "governor" : "attestor",
      scheme: "p256",
      key: new Uint8Array(key),
      secret: new Uint8Array(secret),
    };
  }
  const members = [...new Set(what.members)].map(member);
  if (members.some((one) => one.council !== what.council) || what.needed > members.length)
    throw new AppError("bad_request", undefined, [{ path: "members", message: "they do not fit" }]);
  return {
    kind: "council",
    by: 0,
    council: what.council,
    needed: what.needed,
    members: members.map(({ account }) => new Uint8Array(account)),
  };
}
