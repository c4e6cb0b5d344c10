/** Everything has a bound; every bound is part of the rules, so all who run them must have the same. */

/** Amounts are base units, a millionth of a coin, and exact integers of at most 53 bits. */
export const AMOUNT_MOST = Number.MAX_SAFE_INTEGER;
export const SIGNERS_MOST = 8;
export const OPERATIONS_MOST = 8;
/** No transaction is good for longer; so long is its id remembered. */
export const LIFETIME_MS = 24 * 3_600_000;
/** Numbers of an account that may still be used out of order; one that is further ahead moves the window on. */
export const NONCE_WINDOW = 64;
export const NONCE_JUMP = 10_000;
export const HOLD_LONGEST_MS = 400 * 24 * 3_600_000;
/** Of one payer, at the same time. */
export const HOLDS_MOST = 256;
/** Holds that run out are given back at the beginning of a block, at most so many in one. */
export const HOLDS_ENDED_A_BLOCK = 10_000;
/** Of one exchange, waiting to be burned; as in Diem's preburn queue. */
export const PREBURNS_MOST = 256;
/** In a council or among the recoverers of an account. */
export const MEMBERS_MOST = 15;
