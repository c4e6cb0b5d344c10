/**
 * What became of a transaction, with stable numbers: they stand in the results of every block and are hashed. Up to 19 nothing
 * happened at all and the same transaction may be sent again; from 20 on its number and id are used up.
 */
export const RESULTS = {
  applied: 0,
  malformed: 1,
  wrong_chain: 2,
  expired: 3,
  expires_too_late: 4,
  unknown_signer: 5,
  wrong_key: 6,
  nonce_too_old: 7,
  nonce_too_new: 8,
  nonce_used: 9,
  id_conflict: 10,
  same_signer_twice: 11,
  bad_signature: 12,
  not_allowed: 20,
  frozen: 21,
  unknown_account: 22,
  same_account: 23,
  amount_zero: 24,
  insufficient: 25,
  overflow: 26,
  over_holding_limit: 27,
  over_flow_limit: 28,
  unknown_hold: 29,
  hold_is_over: 30,
  not_your_hold: 31,
  above_hold: 32,
  too_many_holds: 33,
  bad_end: 34,
  not_enough_approvals: 35,
  not_backed: 36,
  attestation_stale: 37,
  unknown_preburn: 38,
  too_many_preburns: 39,
  account_exists: 40,
  account_in_use: 41,
  protected_account: 42,
  bad_members: 43,
  unknown_asset: 44,
  attestation_out_of_order: 45,
  id_taken: 46,
  paid_onward: 47,
} as const;

export type ResultName = keyof typeof RESULTS;

const NAMES = new Map<number, ResultName>(
  Object.entries(RESULTS).map(([name, code]) => [code, name as ResultName]),
);

/** @throws RangeError for a number that is no result */
export function resultName(code: number): ResultName {
  const name = NAMES.get(code);
  if (!name) throw new RangeError(`${code} is no result`);
  return name;
}

/** Bytes that are no transaction. */
export class Malformed extends Error {
  constructor(what: string) {
    super(`Not a transaction: ${what}.`);
    this.name = "Malformed";
  }
}
