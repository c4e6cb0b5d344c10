/** Limits of this skill, with their units. */

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How often something may be tried within `windowMs`, by what is tried. */
export const ATTEMPTS = {
  /** Wrong answers in one conversation. */
  conversation: { most: 5, windowMs: DAY_MS },
  /** Wrong answers for one number, whoever gives them; of an appointment one name tried for its day. */
  reference: { most: 10, windowMs: DAY_MS },
  /** Wrong names for one day of appointments: all who have one that day share it. */
  day: { most: 100, windowMs: DAY_MS },
  /** Questions of one conversation that reach a register, right or wrong. */
  calls: { most: 30, windowMs: DAY_MS },
  /** Codes sent for one number. */
  codes: { most: 3, windowMs: DAY_MS },
} as const;
export type Scope = keyof typeof ATTEMPTS;

/** Whoever proved something need not prove it again for so long. */
export const PROOF_MS = HOUR_MS;
/** What was proved stands beside the conversation for colleagues. */
export const KEEP_DAYS = 30;

export const CODE_DIGITS = 6;
export const CODE_MS = 15 * MINUTE_MS;
export const CODE_TRIES = 3;

/** A register answers within this time, or it counts as too slow. */
export const ASK_TIMEOUT_MS = 4_000;

export const CSV_ROWS = 50_000;
/** A file whose data are older says so in every answer. */
export const STALE_MS = HOUR_MS;
export const CONNECTIONS_MOST = 5;
