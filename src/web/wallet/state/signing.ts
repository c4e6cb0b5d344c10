import { decodeBody, encodeBody, type Operation, type Transaction } from "../../../skills/coin/api.ts";
import { fromHex, signBody, toHex } from "../../coin-key/p256-key.ts";

/** Transactions of one signer, by the key of this device. */

/** A pair that IndexedDB keeps, and its public half: 33 bytes, hexadecimal. */
export interface DeviceKey {
  readonly pair: CryptoKeyPair;
  readonly point: string;
}

/** Browsers sign on pages over https, and on the own machine, only. */
export function canSign(): boolean {
  return globalThis.isSecureContext && globalThis.crypto?.subtle !== undefined;
}

export function randomHex(bytes: number): string {
  return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** An operation of the one signer. */
export type Doing = Operation extends infer O ? (O extends Operation ? Omit<O, "by"> : never) : never;

interface Unsigned {
  readonly chainId: number;
  /** Hexadecimal. */
  readonly id: string;
  readonly account: string;
  readonly nonce: number;
  readonly expiresAt: number;
  readonly doing: Doing;
}

/** @returns the canonical bytes with the signature behind them */
export async function signed(key: DeviceKey, unsigned: Unsigned): Promise<Uint8Array<ArrayBuffer>> {
  const { chainId, id, account, nonce, expiresAt, doing } = unsigned;
  const transaction: Transaction = {
    chainId,
    id: fromHex(id),
    expiresAt,
    signers: [{ account: fromHex(account), nonce, scheme: "p256", key: fromHex(key.point) }],
    operations: [{ ...doing, by: 0 } as Operation],
  };
  const body = encodeBody(transaction);
  const signature = await signBody(key.pair, body);
  const all = new Uint8Array(body.length + signature.length);
  all.set(body);
  all.set(signature, body.length);
  return all;
}

export interface Asking {
  readonly chainId: number;
  /** Of the owner who lost it. */
  readonly account: string;
  /** Of the owner's new device. */
  readonly newKey: string;
  readonly me: { readonly account: string; readonly point: string };
}

/**
 * Signs that an account gets a new key, and nothing else: what the node calls so is read before.
 * @param body hexadecimal
 * @returns null where the body does something else
 */
export async function signRotation(key: DeviceKey, body: string, asking: Asking): Promise<string | null> {
  const bytes = fromHex(body);
  const { chainId, signers, operations } = decodeBody(bytes);
  const [only] = operations;
  const isThat =
    operations.length === 1 &&
    only?.kind === "rotate" &&
    chainId === asking.chainId &&
    toHex(only.account) === asking.account &&
    only.scheme === "p256" &&
    toHex(only.key) === asking.newKey;
  const isMine = signers.some(
    (one) => toHex(one.account) === asking.me.account && toHex(one.key) === asking.me.point,
  );
  return isThat && isMine ? toHex(await signBody(key.pair, bytes)) : null;
}

/** A second key with the same digits takes 10^20 tries. */
const CODE_DIGITS = 20n;

/**
 * Two people compare these digits before one of them signs for the other's new key. They stand for the key and for the account
 * that would get it.
 * @param account 16 bytes, hexadecimal
 * @param point 33 bytes, hexadecimal
 */
export async function codeOf(account: string, point: string): Promise<string> {
  const view = new DataView(await crypto.subtle.digest("SHA-256", fromHex(account + point)));
  const number = (view.getBigUint64(0) << 64n) + view.getBigUint64(8);
  const digits = String(number % 10n ** CODE_DIGITS).padStart(Number(CODE_DIGITS), "0");
  return digits.replace(/.{4}(?=.)/g, "$& ");
}
