import type { LedgerState } from "./state/ledger-state.ts";

/** What must hold after every transaction, counted from the state alone. @returns what does not, in words */
export function faultsOf(state: LedgerState): string[] {
  const { accounts, preburns, supply } = state;
  const faults: string[] = [];
  const held = new Map<number, bigint>();
  let total = 0n;
  for (let row = 0; row < accounts.size; row++) {
    const balance = accounts.balance[row] as number;
    const aside = accounts.held[row] as number;
    if (!Number.isSafeInteger(balance) || balance < 0) faults.push(`balance ${balance} of row ${row}`);
    if (!Number.isSafeInteger(aside) || aside < 0) faults.push(`set aside ${aside} of row ${row}`);
    const mayHold = ["customer", "merchant", "exchange"].includes(accounts.roleOf(row));
    if (!mayHold && balance + aside > 0) faults.push(`a ${accounts.roleOf(row)} holds money`);
    total += BigInt(balance) + BigInt(aside);
  }
  if (total !== BigInt(supply)) faults.push(`balances come to ${total}, the supply is ${supply}`);
  const holds = state.holds.all();
  for (const { hold } of holds) held.set(hold.payer, (held.get(hold.payer) ?? 0n) + BigInt(hold.amount));
  for (const { account, amount } of preburns.values())
    held.set(account, (held.get(account) ?? 0n) + BigInt(amount));
  for (let row = 0; row < accounts.size; row++)
    if ((held.get(row) ?? 0n) !== BigInt(accounts.held[row] as number))
      faults.push(
        `row ${row} has ${accounts.held[row]} set aside, its holds and preburns say ${held.get(row) ?? 0n}`,
      );
  for (const { hold } of holds) if (hold.until <= state.time) faults.push("a hold that is over still stands");
  for (const { members } of Object.values(state.councils))
    if (members.some((row) => accounts.isFrozen[row])) faults.push("a council's member is frozen");
  return faults;
}
