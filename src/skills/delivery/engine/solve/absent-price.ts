import { NOWHERE } from "./insertions.ts";

/** What leaving somebody out costs at first, in mean legs; it soon finds its own height. */
const FIRST_LEGS = 4;
/** The price is looked at after so many tries, and changes by this factor. */
const TRIES = 1_000;
const FACTOR = 1.1;

/**
 * What it costs to leave a customer out for a while. Between two plans that serve all often lie only such that do not: at
 * a price at which a wished share of tries begins with somebody left out, the search passes through them.
 */
export class AbsentPrice {
  readonly #share: number;
  #price: number;
  #tries = 0;
  #withAbsent = 0;

  /** @param share of tries, from 0 (nobody is ever left out) to 1 */
  constructor(share: number, leg: number) {
    this.#share = share;
    this.#price = FIRST_LEGS * leg;
  }

  /** In the problem's integers; `NOWHERE` for never. */
  get price(): number {
    return this.#share === 0 ? NOWHERE : Math.min(NOWHERE, Math.max(1, Math.ceil(this.#price)));
  }

  /** Counts a try that began with so many left out. */
  count(absent: number): void {
    if (absent > 0) this.#withAbsent++;
    if (++this.#tries < TRIES) return;
    this.#price *= this.#withAbsent > this.#share * TRIES ? FACTOR : 1 / FACTOR;
    this.#price = Math.min(NOWHERE, Math.max(1, this.#price));
    this.#tries = 0;
    this.#withAbsent = 0;
  }
}
