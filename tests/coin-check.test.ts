import fc from "fast-check";
import { expect, test } from "vitest";
import {
  attests,
  EURO,
  mints,
  nextBlock,
  type Person,
  pays,
} from "../src/skills/coin/engine/ledger.fixture.ts";
import {
  type CoinProof,
  checkProof,
  type Known,
  NOTHING_KNOWN,
  readProof,
  type StepName,
} from "../src/skills/wallet/api/check.ts";
import { hex, proofOf, sealedTown, seals, town } from "./coin-proof.ts";

/** What customers check by their own code, against the ledger's own tree. */

const known = ({ id, secret }: Person, sum: number | null = null): Known => ({
  account: hex(id),
  secret: hex(secret),
  sum,
  told: [],
});

test("over random ledgers everybody finds their balance, the sum and the cover, after every publication", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 40 }),
      fc.array(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 400 })), { maxLength: 30 }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (people, rounds) => {
        const { all, persons } = town(people);
        const [shop] = persons as [Person];
        for (const round of rounds) {
          for (const [from, to, cents] of round) {
            const payee = persons[to % people] as Person;
            if (from % 2 === 0) pays(all, all.exchange, payee, cents * 10_000);
            else pays(all, payee, shop, cents * 10_000);
          }
          seals(all);
          const { accounts } = all.state;
          for (const one of [all.exchange, ...persons]) {
            const row = accounts.table.find(one.id);
            const sum = (accounts.balance[row] as number) + (accounts.held[row] as number);
            const { isGood, steps } = await checkProof(proofOf(all, one), known(one, sum));
            expect(steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
              "own good",
              "balance good",
              "root good",
              "total good",
              "supply good",
              "reserve good",
              "fresh good",
              "same open",
            ]);
            expect(isGood).toBe(true);
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});

const badSteps = async (proof: CoinProof, own: Known = NOTHING_KNOWN): Promise<StepName[]> =>
  (await checkProof(proof, own)).steps.filter(({ state }) => state === "bad").map(({ name }) => name);

const at = <T>(list: readonly T[], n: number, change: (one: T) => T): T[] =>
  list.map((one, m) => (m === n ? change(one) : one));

const flipped = (hash: string): string => (hash.startsWith("0") ? "1" : "0") + hash.slice(1);

const TAMPERED: Record<string, [(proof: CoinProof) => CoinProof, StepName[]]> = {
  "another's account": [(one) => ({ ...one, account: flipped(one.account) }), ["own", "root"]],
  "another's secret": [(one) => ({ ...one, secret: flipped(one.secret) }), ["own", "root"]],
  "a leaf that is younger than its publication": [
    (one) => ({ ...one, leafHeight: one.sealedHeight + 1 }),
    ["own", "root"],
  ],
  "a smaller balance": [(one) => ({ ...one, sum: one.sum - 1 }), ["balance", "root", "total"]],
  "a neighbour's sum": [
    (one) => ({ ...one, path: at(one.path, 3, (two) => ({ ...two, sum: two.sum + EURO })) }),
    ["root", "total"],
  ],
  "a debt moved between neighbours": [
    ({ path, ...one }) => ({
      ...one,
      path: at(
        at(path, 1, (two) => ({ ...two, sum: two.sum + 7 })),
        2,
        (two) => ({ ...two, sum: two.sum - 7 }),
      ),
    }),
    ["root"],
  ],
  "a hash on the way": [
    (one) => ({ ...one, path: at(one.path, 5, (two) => ({ ...two, hash: flipped(two.hash) })) }),
    ["root"],
  ],
  "another place": [(one) => ({ ...one, row: one.row ^ 1 }), ["root"]],
  "a way that is cut off": [(one) => ({ ...one, path: one.path.slice(0, -1) }), ["root"]],
  "another root": [(one) => ({ ...one, root: flipped(one.root) }), ["root"]],
  "a smaller total": [(one) => ({ ...one, total: one.total - EURO }), ["total", "supply"]],
  "a smaller supply": [(one) => ({ ...one, supply: one.supply - EURO }), ["supply"]],
  "a reserve that is a cent short": [
    (one) => ({ ...one, attested: at(one.attested, 0, (two) => ({ ...two, amount: two.amount - 1 })) }),
    ["reserve"],
  ],
  "no statement at all": [(one) => ({ ...one, attested: [] }), ["reserve", "fresh"]],
  "a statement in another currency": [
    (one) => ({ ...one, attested: at(one.attested, 0, (two) => ({ ...two, asset: "XTS" })) }),
    ["reserve", "fresh"],
  ],
  "nothing that backs": [(one) => ({ ...one, backing: [] }), ["reserve"]],
  "a statement that is too old": [
    (one) => ({ ...one, time: one.time + one.attestationLasts + 1 }),
    ["fresh"],
  ],
};

test.each(Object.entries(TAMPERED))("%s is found", async (_what, [change, expected]) => {
  const { me, proof, sum } = sealedTown();
  expect(await badSteps(proof, known(me, sum))).toEqual([]);
  // The place of the leaf keeps within the tree, so that what is found is the way and not the shape.
  const changed = change(proof);
  const read = changed.row < 2 ** changed.path.length ? readProof(changed) : changed;
  expect(await badSteps(read, known(me, sum))).toEqual(expected);
});

test("nobody is shown another publication than others: a root that differs at the same height is found", async () => {
  const { me, proof } = sealedTown();
  const { sealedHeight, root, total } = proof;
  const told = (more: object) => [{ sealedHeight, root, total, ...more }];
  const same = async (one: Known["told"]) =>
    (await checkProof(proof, { ...known(me), told: one })).steps.find(({ name }) => name === "same")?.state;
  expect(await same(told({}))).toBe("good");
  expect(await same(told({ root: flipped(root) }))).toBe("bad");
  expect(await same([...told({}), ...told({ total: total + 1 })])).toBe("bad");
  expect(await same(told({ sealedHeight: sealedHeight - 1, root: flipped(root) }))).toBe("open");
});

test("coins that came after the publication are open until the next, and covered at once", async () => {
  const { all, me } = sealedTown();
  expect(attests(all, 60_000)).toBe("applied");
  nextBlock(all);
  expect(mints(all, 10_000)).toBe("applied");
  nextBlock(all);
  const proof = proofOf(all, me);
  const { isGood, steps } = await checkProof(proof, known(me));
  expect(isGood).toBe(true);
  expect(steps.find(({ name }) => name === "supply")).toMatchObject({
    state: "open",
    expected: 60_000 * EURO,
  });
  const short = at(proof.attested, 0, (one) => ({ ...one, amount: 5_999_999 }));
  expect(await badSteps({ ...proof, attested: short }, known(me))).toEqual(["reserve"]);
});

test("sums that would be rounded are no sums", async () => {
  const { me, proof, sum } = sealedTown();
  const path = at(proof.path, 0, (one) => ({ ...one, sum: Number.MAX_SAFE_INTEGER }));
  expect(await badSteps({ ...proof, path }, known(me, sum))).toEqual(["root", "total"]);
});

test.each<[string, (proof: CoinProof) => object]>([
  ["format", (one) => ({ ...one, format: "another" })],
  ["account", (one) => ({ ...one, account: one.account.toUpperCase().replace(/0/, "G") })],
  ["secret", ({ secret: _gone, ...one }) => one],
  ["sum", (one) => ({ ...one, sum: -1 })],
  ["total", (one) => ({ ...one, total: 0.5 })],
  ["path.sum", (one) => ({ ...one, path: at(one.path, 2, (two) => ({ ...two, sum: -EURO })) })],
  ["path.hash", (one) => ({ ...one, path: at(one.path, 2, (two) => ({ ...two, hash: "00" })) })],
  ["path", (one) => ({ ...one, path: Array.from({ length: 41 }, () => one.path[0]) })],
  ["row", (one) => ({ ...one, row: 2 ** one.path.length })],
  ["backing.per", (one) => ({ ...one, backing: [{ asset: "EUR", minor: 1, per: 0 }] })],
  ["attested.statement", (one) => ({ ...one, attested: [{ ...one.attested[0], statement: "" }] })],
])("a file whose %s is not what it must be is refused by name", (field, change) => {
  const { proof } = sealedTown();
  expect(() => readProof(change(proof))).toThrow(`This is no proof: ${field} is missing`);
});

test.each([null, 7, "proof", [[]]])("%j is no proof", (given) => {
  expect(() => readProof(given)).toThrow("This is no proof");
});
