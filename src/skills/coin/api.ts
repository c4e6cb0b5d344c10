/** What whoever writes, signs or reads a transaction needs: pure, for pages too. */

export { decodeBody, decodeSigned } from "./engine/decode.ts";
export { DOMAIN, encodeBody } from "./engine/encode.ts";
export { Malformed, RESULTS, type ResultName, resultName } from "./engine/faults.ts";
export type { FirstAccount, Genesis, Profile } from "./engine/genesis.ts";
export { AMOUNT_MOST, HOLD_LONGEST_MS, LIFETIME_MS } from "./engine/limits.ts";
export type { Council, Id, Operation, Role, Scheme, Transaction } from "./engine/transaction.ts";
