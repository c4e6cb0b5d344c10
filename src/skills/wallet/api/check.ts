/**
 * Check for myself: what a customer needs to see that their balance is among what is owed, and that what is owed is covered.
 * Written from the published description (docs/coin.md) alone; nothing of the ledger's own code is imported, so a fault there is
 * found here. The same code runs in the customer's page and in `augenhoehe coin check`.
 */

export const PROOF_FORMAT = "augenhoehe coin proof 1";

/** Amounts are base units and times ms, exact integers; ids and hashes are lower-case hexadecimal. */
export interface CoinProof {
  readonly format: typeof PROOF_FORMAT;
  readonly account: string;
  /** Of the account's leaf; whoever has it can tell the account's balance in every publication. */
  readonly secret: string;
  /** Place of the leaf, from the left. */
  readonly row: number;
  readonly leafHeight: number;
  /** Balance and what is set aside, when the block `sealedHeight` published it. */
  readonly sum: number;
  /** Beside the leaf first, below the root last. */
  readonly path: readonly { readonly sum: number; readonly hash: string }[];
  readonly root: string;
  readonly total: number;
  readonly sealedHeight: number;
  /** All coins, at `height`. */
  readonly supply: number;
  readonly height: number;
  readonly chainHash: string;
  /** `minor` of the asset's minor units for every `per` base units. */
  readonly backing: readonly { readonly asset: string; readonly minor: number; readonly per: number }[];
  readonly attested: readonly {
    readonly asset: string;
    readonly amount: number;
    readonly statedAt: number;
    readonly statement: string;
  }[];
  /** A statement that is older counts for nothing. */
  readonly attestationLasts: number;
  /** Of the ledger's last block. */
  readonly time: number;
}

/** What the checker knows from elsewhere: its own notes, and what others were told. */
export interface Known {
  /** As this device made or kept them; null where it does not know. */
  readonly account: string | null;
  readonly secret: string | null;
  /** What this device counts for the moment of the publication; null where it cannot. */
  readonly sum: number | null;
  /** The same publication as others or earlier looks saw it. */
  readonly told: readonly {
    readonly sealedHeight: number;
    readonly root: string;
    readonly total: number;
  }[];
}

export const NOTHING_KNOWN: Known = { account: null, secret: null, sum: null, told: [] };

export const STEPS = ["own", "balance", "root", "total", "supply", "reserve", "fresh", "same"] as const;
export type StepName = (typeof STEPS)[number];

/** `open`: nothing here can tell, and why is said. */
export interface Step {
  readonly name: StepName;
  readonly state: "good" | "bad" | "open";
  /** What was counted, and what it was held against. */
  readonly found: number | string | null;
  readonly expected: number | string | null;
}

export interface Checked {
  readonly isGood: boolean;
  readonly steps: readonly Step[];
}

/** What is not a proof at all. */
export class NoProof extends Error {
  constructor(field: string) {
    super(`This is no proof: ${field} is missing or is not what it must be.`);
    this.name = "NoProof";
  }
}

const PATH_MOST = 40;
const ID = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;

/** Reads what a file or the node gave. @throws NoProof that names the first field which does not fit */
export function readProof(given: unknown): CoinProof {
  const all = objectOf(given, "it");
  if (all.format !== PROOF_FORMAT) throw new NoProof("format");
  for (const name of ["account", "secret"]) matching(all[name], ID, name);
  for (const name of ["root", "chainHash"]) matching(all[name], HASH, name);
  for (const name of COUNTS) count(all[name], name);
  const path = listOf(all.path, "path", PATH_MOST);
  for (const one of path) {
    count(one.sum, "path.sum");
    matching(one.hash, HASH, "path.hash");
  }
  // A place beyond the tree would be read as another one.
  if ((all.row as number) >= 2 ** path.length) throw new NoProof("row");
  for (const one of listOf(all.backing, "backing", ASSETS_MOST)) {
    matching(one.asset, ASSET, "backing.asset");
    count(one.minor, "backing.minor");
    if (count(one.per, "backing.per") === 0) throw new NoProof("backing.per");
  }
  for (const one of listOf(all.attested, "attested", ASSETS_MOST)) {
    matching(one.asset, ASSET, "attested.asset");
    count(one.amount, "attested.amount");
    count(one.statedAt, "attested.statedAt");
    matching(one.statement, HASH, "attested.statement");
  }
  return all as unknown as CoinProof;
}

const COUNTS = [
  "row",
  "leafHeight",
  "sum",
  "total",
  "sealedHeight",
  "supply",
  "height",
  "attestationLasts",
  "time",
] as const;
const ASSET = /^[A-Z]{3}$/;
const ASSETS_MOST = 32;

function objectOf(given: unknown, name: string): Record<string, unknown> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw new NoProof(name);
  return given as Record<string, unknown>;
}

function listOf(given: unknown, name: string, most: number): Record<string, unknown>[] {
  if (!Array.isArray(given) || given.length > most) throw new NoProof(name);
  return given.map((one) => objectOf(one, name));
}

function matching(given: unknown, shape: RegExp, name: string): void {
  if (typeof given !== "string" || !shape.test(given)) throw new NoProof(name);
}

/** Nothing is ever negative: a hidden debt would be one. */
function count(given: unknown, name: string): number {
  if (!Number.isSafeInteger(given) || (given as number) < 0) throw new NoProof(name);
  return given as number;
}

/** Goes through all steps, also behind one that fails. */
export async function checkProof(proof: CoinProof, known: Known = NOTHING_KNOWN): Promise<Checked> {
  const top = await climb(proof);
  const steps = [
    ownStep(proof, known),
    step("balance", { found: proof.sum, expected: known.sum }),
    step("root", { found: top.hash, expected: proof.root }),
    step("total", { found: top.sum, expected: proof.total }),
    supplyStep(proof),
    reserveStep(proof),
    freshStep(proof),
    sameStep(proof, known),
  ];
  return { isGood: steps.every(({ state }) => state !== "bad"), steps };
}

interface Compared {
  readonly found: number | string;
  /** null = nothing to hold it against. */
  readonly expected: number | string | null;
}

function step(name: StepName, { found, expected }: Compared): Step {
  const state = expected === null ? "open" : found === expected ? "good" : "bad";
  return { name, state, found, expected };
}

function ownStep({ account, secret, sealedHeight, leafHeight }: CoinProof, known: Known): Step {
  // A leaf that is younger than its publication would be none of it.
  if (leafHeight > sealedHeight)
    return { name: "own", state: "bad", found: leafHeight, expected: sealedHeight };
  if (known.secret !== null && known.secret !== secret)
    return { name: "own", state: "bad", found: secret, expected: known.secret };
  return step("own", { found: account, expected: known.account });
}

/** Coins that came or went after the publication are in the next one. */
function supplyStep({ total, supply, sealedHeight, height }: CoinProof): Step {
  const isLater = height > sealedHeight && total !== supply;
  const figures = { found: total, expected: supply };
  return isLater ? { name: "supply", state: "open", ...figures } : step("supply", figures);
}

/** Of every asset at least what all coins stand for, rounded up; the larger figure counts where the two differ. */
function reserveStep({ backing, attested, total, supply }: CoinProof): Step {
  const coins = BigInt(Math.max(total, supply));
  const short = backing.find(({ asset, minor, per }) => {
    const there = attested.filter((one) => one.asset === asset).map(({ amount }) => amount);
    return BigInt(Math.max(0, ...there)) < neededOf(coins, { minor, per });
  });
  const one = short ?? backing[0];
  if (!one) return { name: "reserve", state: "bad", found: null, expected: null };
  const found = attested.find(({ asset }) => asset === one.asset)?.amount ?? 0;
  const expected = Number(neededOf(coins, one));
  return { name: "reserve", state: short ? "bad" : "good", found, expected };
}

function neededOf(coins: bigint, { minor, per }: { minor: number; per: number }): bigint {
  return (coins * BigInt(minor) + BigInt(per) - 1n) / BigInt(per);
}

/** No coins are added on an old statement; what is there stays redeemable. */
function freshStep({ backing, attested, attestationLasts, time }: CoinProof): Step {
  const ages = backing.map(({ asset }) => attested.find((one) => one.asset === asset)?.statedAt ?? 0);
  const found = Math.min(...ages, time);
  const state = found + attestationLasts > time ? "good" : "bad";
  return { name: "fresh", state, found, expected: attestationLasts };
}

function sameStep({ sealedHeight, root, total }: CoinProof, { told }: Known): Step {
  const same = told.filter((one) => one.sealedHeight === sealedHeight);
  const other = same.find((one) => one.root !== root || one.total !== total);
  if (other) return { name: "same", state: "bad", found: root, expected: other.root };
  return step("same", { found: root, expected: same[0]?.root ?? null });
}

interface Node {
  readonly sum: number;
  readonly hash: Uint8Array<ArrayBuffer>;
}

/**
 * From the own leaf up. leaf = H(00 | secret | height | account | sum); inner = H(01 | left sum | left hash | right sum | right
 * hash); H is SHA-256, numbers are 64-bit big-endian.
 */
async function climb(proof: CoinProof): Promise<{ sum: number | string; hash: string }> {
  const { secret, leafHeight, account, sum, path } = proof;
  let node: Node = { sum, hash: await sha256(leafBytes({ secret, leafHeight, account, sum })) };
  let place = proof.row;
  for (const beside of path) {
    const other: Node = { sum: beside.sum, hash: bytesOf(beside.hash) };
    const [left, right] = place % 2 === 0 ? [node, other] : [other, node];
    const both = left.sum + right.sum;
    // Beyond 2^53 a sum would be rounded, and with it something could be hidden.
    if (!Number.isSafeInteger(both)) return { sum: "overflow", hash: "overflow" };
    node = { sum: both, hash: await sha256(innerBytes(left, right)) };
    place = Math.floor(place / 2);
  }
  return { sum: node.sum, hash: hexOf(node.hash) };
}

function leafBytes({
  secret,
  leafHeight,
  account,
  sum,
}: Pick<CoinProof, "secret" | "leafHeight" | "account" | "sum">): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(49);
  bytes.set(bytesOf(secret), 1);
  setNumber(bytes, 17, leafHeight);
  bytes.set(bytesOf(account), 25);
  setNumber(bytes, 41, sum);
  return bytes;
}

function innerBytes(left: Node, right: Node): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(81);
  bytes[0] = 1;
  setNumber(bytes, 1, left.sum);
  bytes.set(left.hash, 9);
  setNumber(bytes, 41, right.sum);
  bytes.set(right.hash, 49);
  return bytes;
}

function setNumber(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): void {
  new DataView(bytes.buffer).setBigUint64(at, BigInt(value));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
