const TABLE_BITS = 12;
const TABLE_SIZE = 1 << TABLE_BITS;

/** A repeatable source of chance: sfc32 (Chris Doty-Humphrey, PractRand, public domain), integers only. */
export class Random {
  readonly #state = new Int32Array(4);

  constructor(seed: number) {
    const state = this.#state;
    state[0] = seed | 0;
    state[1] = Math.floor(seed / 0x1_0000_0000) | 0;
    state[2] = 0x2545f491;
    state[3] = 1;
    for (let i = 0; i < 16; i++) this.bits();
  }

  /** 32 bits, from 0 to 2^32 - 1. */
  bits(): number {
    const state = this.#state;
    const b = state[1] as number;
    const c = state[2] as number;
    const counter = state[3] as number;
    const mixed = ((((state[0] as number) + b) | 0) + counter) | 0;
    state[3] = (counter + 1) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return mixed >>> 0;
  }

  /** An integer from 0 to `limit - 1`; `limit` is at least 1. */
  below(limit: number): number {
    return Math.floor((this.bits() * limit) / 0x1_0000_0000);
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    return this.bits() / 0x1_0000_0000;
  }

  /** A draw of the exponential distribution with mean 1, out of a table of 4,096. */
  exponential(): number {
    return EXPONENTIAL[this.bits() >>> (32 - TABLE_BITS)] as number;
  }
}

/**
 * -ln(x) for 0 < x <= 1 out of additions, multiplications and divisions, which every machine rounds alike; the
 * standard library's logarithm need not be the same everywhere.
 */
function negativeLogarithm(x: number): number {
  let halvings = 0;
  let mantissa = x;
  while (mantissa < 0.75) {
    mantissa *= 2;
    halvings++;
  }
  return halvings * LN_2 - 2 * inverseTanh((mantissa - 1) / (mantissa + 1));
}

/** The series converges fast: |z| is at most 1/3. */
function inverseTanh(z: number): number {
  let sum = 0;
  let power = z;
  for (let k = 1; k < 60; k += 2) {
    sum += power / k;
    power *= z * z;
  }
  return sum;
}

const LN_2 = 2 * inverseTanh(1 / 3);
const EXPONENTIAL = Float64Array.from({ length: TABLE_SIZE }, (_, i) =>
  negativeLogarithm((i + 0.5) / TABLE_SIZE),
);

/**
 * `ratio` to the power of `exponent`, for exponents from 0 to 1 in steps of 2^-20, by square roots, which every machine
 * rounds alike.
 */
export function fractionalPower(ratio: number, exponent: number): number {
  let result = 1;
  let root = ratio;
  let rest = Math.min(1, Math.max(0, exponent));
  if (rest === 1) return ratio;
  for (let bit = 0; bit < 20; bit++) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      result *= root;
      rest -= 1;
    }
  }
  return result;
}
