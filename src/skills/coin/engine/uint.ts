/** An exact integer from 0 to 2^53 - 1: base units, ms, or a count. */
export type Uint = number;
