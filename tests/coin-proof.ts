import { expect } from "vitest";
import {
  type Association,
  association,
  attests,
  does,
  EURO,
  mints,
  nextBlock,
  opens,
  type Person,
  pays,
} from "../src/skills/coin/engine/ledger.fixture.ts";
import { type CoinProof, PROOF_FORMAT, readProof } from "../src/skills/wallet/api/check.ts";

/** Proofs as a node hands them out, of a small town's ledger. */

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** As the node hands it out. */
export function proofOf({ state, genesis }: Association, { id, secret }: Person): CoinProof {
  const { accounts, liabilities, sealed } = state;
  const proof = liabilities.proof(accounts, accounts.table.find(id));
  if (!proof || !sealed) throw new Error("Nothing was published.");
  return readProof(
    JSON.parse(
      JSON.stringify({
        format: PROOF_FORMAT,
        account: hex(id),
        secret: hex(secret),
        row: proof.row,
        leafHeight: proof.height,
        sum: proof.sum,
        path: proof.path.map((one) => ({ sum: one.sum, hash: hex(one.hash) })),
        root: hex(sealed.root),
        total: sealed.total,
        sealedHeight: sealed.height,
        supply: state.supply,
        height: state.height,
        chainHash: hex(state.chainHash),
        backing: genesis.backing,
        attested: [...state.attested].map(([asset, one]) => ({
          asset,
          amount: one.amount,
          statedAt: one.statedAt,
          statement: hex(one.statement),
        })),
        attestationLasts: genesis.attestationLasts,
        time: state.time,
      }),
    ),
  );
}

export function town(people: number, euros = 50_000) {
  const all = association();
  expect(attests(all, euros)).toBe("applied");
  expect(mints(all, euros)).toBe("applied");
  const persons = Array.from({ length: people }, (_, n) =>
    opens(all, 100 + n, n === 0 ? "merchant" : "customer"),
  );
  return { all, persons };
}

export const seals = (all: Association) => {
  nextBlock(all);
  expect(does(all, [all.registrar], { kind: "seal" })).toBe("applied");
};

export function sealedTown() {
  const { all, persons } = town(60);
  for (const [n, one] of persons.entries()) pays(all, all.exchange, one, (n + 1) * EURO + n);
  seals(all);
  const me = persons[20] as Person;
  return { all, me, proof: proofOf(all, me), sum: 21 * EURO + 20 };
}
