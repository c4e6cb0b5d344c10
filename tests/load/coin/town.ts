import {
  type Association,
  association,
  attests,
  EURO,
  mints,
  nextBlock,
  opens,
  type Person,
  pays,
} from "../../../src/skills/coin/engine/ledger.fixture.ts";

/** An association with so many customers who have a hundred euros each. */
export function townOf(accounts: number): { all: Association; people: Person[] } {
  const all = association("issuer");
  attests(all, accounts * 200);
  mints(all, accounts * 100);
  const people = Array.from({ length: accounts }, (_, n) => opens(all, 1_000 + n));
  for (const one of people) {
    const result = pays(all, all.exchange, one, 100 * EURO);
    if (result !== "applied") throw new Error(`A customer of the bench has no money: ${result}.`);
  }
  nextBlock(all);
  return { all, people };
}
