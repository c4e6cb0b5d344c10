import { hash } from "node:crypto";
import type { Accounts } from "./state/accounts.ts";

/**
 * What is owed, as a Merkle sum tree of the sound kind: an inner node hashes both sums and both hashes apart (Maxwell's plain
 * tree hashes one joint sum and can hide debts: Chalkias, Lewi et al., eprint 2018/1139). Every customer checks their own leaf
 * up to the published root, whose sum is the supply.
 *
 * leaf  = H(0x00 | secret of the account | height of the seal that made it | account | sum)
 * inner = H(0x01 | left sum | left hash | right sum | right hash)
 * empty = H(0x02), sum 0
 *
 * A customer sees the sum of the leaf beside theirs, not whose it is. Sums are 64-bit big-endian, never negative.
 */
export class Liabilities {
  #depth = 0;
  /** Node 1 is the root, 2n and 2n + 1 are below n; the leaves are the second half. */
  #sums = new Float64Array(2);
  #hashes = new Uint8Array(2 * 32);
  /** By row, as the last seals made them. */
  readonly #leaves: Leaf[] = [];

  /** Makes the leaves of all accounts that changed anew, and what is above them. */
  seal(accounts: Accounts, height: number): { readonly root: Uint8Array; readonly total: number } {
    this.#deepen(accounts, accounts.size);
    const first = 2 ** this.#depth;
    for (const row of accounts.touched) {
      accounts.isTouched[row] = 0;
      const sum = (accounts.balance[row] as number) + (accounts.held[row] as number);
      this.#leaves[row] = { height, sum };
      this.#leaf(accounts, row);
    }
    this.#climb(accounts.touched.map((row) => (first + row) >>> 1));
    accounts.touched.length = 0;
    return { root: this.#hashes.slice(32, 64), total: this.#sums[1] as number };
  }

  /** Makes nodes anew, and all above them. */
  #climb(nodes: readonly number[]): void {
    let level = Uint32Array.from(nodes).sort();
    while (level.length > 0) {
      let kept = 0;
      for (const [n, node] of level.entries()) {
        if (node === 0 || (n > 0 && node === level[n - 1])) continue;
        this.#inner(node);
        level[kept++] = node;
      }
      level = level.slice(0, kept).map((node) => node >>> 1);
    }
  }

  leafOf(row: number): Leaf | undefined {
    return this.#leaves[row];
  }

  /** As a snapshot has them, row by row, before anything else; the tree is built when it is asked for. */
  restore(leaf: Leaf): void {
    this.#leaves.push(leaf);
  }

  /** What proves a row's leaf under the last root, from the leaf up. @returns null for an account that is not in it */
  proof(accounts: Accounts, row: number): LiabilityProof | null {
    const leaf = this.#leaves[row];
    if (!leaf) return null;
    // As deep as at the last seal, however many accounts were opened since.
    if (this.#depth === 0) this.#deepen(accounts, this.#leaves.length);
    const path: { sum: number; hash: Uint8Array }[] = [];
    for (let node = 2 ** this.#depth + row; node > 1; node >>>= 1) {
      const beside = node ^ 1;
      path.push({
        sum: this.#sums[beside] as number,
        hash: this.#hashes.slice(beside * 32, beside * 32 + 32),
      });
    }
    return { row, ...leaf, path };
  }

  /** Room for all accounts; all leaves of the last seal are made anew where the tree was not there or becomes deeper. */
  #deepen(accounts: Accounts, size: number): void {
    let depth = LEAST_DEPTH;
    while (2 ** depth < size) depth++;
    if (depth === this.#depth) return;
    const first = 2 ** depth;
    this.#depth = depth;
    this.#sums = new Float64Array(first * 2);
    this.#hashes = new Uint8Array(first * 2 * 32);
    for (let row = 0; row < first; row++) {
      if (row < this.#leaves.length) this.#leaf(accounts, row);
      else this.#hashes.set(EMPTY, (first + row) * 32);
    }
    for (let node = first - 1; node >= 1; node--) this.#inner(node);
  }

  #leaf(accounts: Accounts, row: number): void {
    const { sum, height } = this.#leaves[row] as Leaf;
    const node = 2 ** this.#depth + row;
    this.#sums[node] = sum;
    const leaf = { secret: accounts.secretOf(row), height, account: accounts.table.idOf(row), sum };
    this.#hashes.set(leafHash(leaf), node * 32);
  }

  #inner(node: number): void {
    const left = node * 2;
    const right = left + 1;
    this.#sums[node] = (this.#sums[left] as number) + (this.#sums[right] as number);
    setU64(INNER_VIEW, 1, this.#sums[left] as number);
    INNER.set(this.#hashes.subarray(left * 32, left * 32 + 32), 9);
    setU64(INNER_VIEW, 41, this.#sums[right] as number);
    INNER.set(this.#hashes.subarray(right * 32, right * 32 + 32), 49);
    this.#hashes.set(hash("sha256", INNER, "buffer"), node * 32);
  }
}

/** What a leaf says. */
interface Leaf {
  /** Of the block in which it was made. */
  readonly height: number;
  /** Base units. */
  readonly sum: number;
}

export interface LiabilityProof extends Leaf {
  /** Place of the leaf, from the left. */
  readonly row: number;
  /** Beside the leaf first, below the root last. */
  readonly path: readonly { readonly sum: number; readonly hash: Uint8Array }[];
}

const HIGH = 2 ** 32;
/** Small ledgers do not show how many accounts they have. */
const LEAST_DEPTH = 10;
const INNER = new Uint8Array(1 + 40 + 40);
INNER[0] = 1;
const INNER_VIEW = new DataView(INNER.buffer);
const EMPTY = sha256(Uint8Array.of(2));

function sha256(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}

const LEAF = new Uint8Array(1 + 16 + 8 + 16 + 8);
const LEAF_VIEW = new DataView(LEAF.buffer);

function leafHash(leaf: {
  secret: Uint8Array;
  height: number;
  account: Uint8Array;
  sum: number;
}): Uint8Array {
  LEAF.set(leaf.secret, 1);
  setU64(LEAF_VIEW, 17, leaf.height);
  LEAF.set(leaf.account, 25);
  setU64(LEAF_VIEW, 41, leaf.sum);
  return sha256(LEAF);
}

function setU64(view: DataView, at: number, value: number): void {
  view.setUint32(at, Math.floor(value / HIGH));
  view.setUint32(at + 4, value % HIGH);
}
