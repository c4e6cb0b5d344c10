import {
  type Checked,
  type CoinProof,
  checkProof,
  PROOF_FORMAT,
  readProof,
} from "../../../skills/wallet/api/check.ts";
import type { Movement, Proof } from "../contract.ts";
import type { Session } from "./session.ts";
import type { Told } from "./wallet-store.ts";

/** Fetches a proof and what it is held against, and checks it in this browser. */

export interface SelfCheck {
  readonly checked: Checked;
  readonly proof: CoinProof;
  /** ms that the check itself took. */
  readonly took: number;
}

const PAGES_MOST = 20;

/** @throws CallError where something cannot be fetched, NoProof for what is none */
export async function checkMyself(session: Session): Promise<SelfCheck> {
  const first = await checkOnce(session);
  const isOff = first.checked.steps.some(({ name, state }) => name === "balance" && state === "bad");
  // A payment between two of the calls looks like a fault; it is gone when asked again.
  const result = isOff ? await checkOnce(session) : first;
  const { sealedHeight, root, total } = result.proof;
  await session.remember({ sealedHeight, root, total });
  return result;
}

async function checkOnce(session: Session): Promise<SelfCheck> {
  const { wallet } = session.snapshot;
  if (!wallet) throw new Error("There is no wallet.");
  const owner = session.parts.ownerOf(wallet);
  const given: Proof = await owner.proof();
  const [sum, published] = await Promise.all([
    sumThen(session, given.sealedHeight),
    publishedBy(wallet.me?.coin.page ?? ""),
  ]);
  const told = [...wallet.told, ...(published ? [published] : [])];
  const begun = performance.now();
  const proof = readProof({ format: PROOF_FORMAT, ...given });
  const { account, secret } = wallet;
  const checked = await checkProof(proof, { account, secret, sum, told });
  return { checked, proof, took: performance.now() - begun };
}

/** What the account had when it was published: as it is now, without what happened since. @returns null where it goes back too far */
async function sumThen(session: Session, sealedHeight: number): Promise<number | null> {
  const { wallet } = session.snapshot;
  if (!wallet) return null;
  const owner = session.parts.ownerOf(wallet);
  const { balance, held } = await owner.me();
  const all: Movement[] = [];
  let cursor: string | null = null;
  for (let n = 0; n < PAGES_MOST; n++) {
    const page: { items: Movement[]; next: string | null } = await owner.movements(cursor);
    all.push(...page.items);
    const change = changeSince(sealedHeight, all);
    const isEnough = page.next === null || page.items.some(({ height }) => height <= sealedHeight);
    if (isEnough && change !== null) return balance + held - change;
    if (page.next === null) return null;
    cursor = page.next;
  }
  return null;
}

/** Of balance and what is set aside together. @returns null where what was set aside is not among them yet */
function changeSince(sealedHeight: number, movements: readonly Movement[]): number | null {
  let sum = 0;
  for (const one of movements) {
    if (one.height <= sealedHeight) continue;
    const change = changeOf(one, movements);
    if (change === null) return null;
    sum += change;
  }
  return sum;
}

/** What is set aside belongs to the account still; it is gone when it is captured, but for the rest that came back. */
function changeOf({ kind, amount, requestKey }: Movement, all: readonly Movement[]): number | null {
  if (kind === "held" || kind === "returned") return 0;
  if (kind !== "captured") return amount;
  const held = all.find((one) => one.kind === "held" && one.requestKey === requestKey);
  return held ? amount + held.amount : null;
}

/** As the public page tells everybody, without saying who asks. @param page "/coin/SLUG" */
async function publishedBy(page: string): Promise<Told | null> {
  const slug = page.split("/").at(-1) ?? "";
  try {
    const response = await fetch(`/api/v1/coin/public?${new URLSearchParams({ company: slug })}`, {
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok) return null;
    const { sealed } = (await response.json()) as {
      sealed: { height: number; root: string; total: number } | null;
    };
    return sealed && { sealedHeight: sealed.height, root: sealed.root, total: sealed.total };
  } catch {
    return null;
  }
}
