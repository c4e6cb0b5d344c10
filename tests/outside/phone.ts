import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { DOMAIN, encodeBody, type Operation } from "../../src/skills/coin/api.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import type { ApiClient } from "./api-client.ts";

/** A customer's telephone: a key of P-256 that never leaves it, and the API. It signs as a browser does. */

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = ORDER / 2n;
const DAY_MS = 86_400_000;

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));

/** A key of a device. */
export class DeviceKey {
  readonly compressed: Uint8Array;
  readonly #privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const point = publicKey.export({ format: "der", type: "spki" }).subarray(-64);
    const isOdd = ((point[63] as number) & 1) === 1;
    this.compressed = new Uint8Array([isOdd ? 3 : 2, ...point.subarray(0, 32)]);
    this.#privateKey = privateKey;
  }

  /** r and s, s in the lower half as the ledger asks. */
  sign(body: Uint8Array): Uint8Array {
    const raw = createSign("sha256")
      .update(DOMAIN)
      .update(body)
      .sign({ key: this.#privateKey, dsaEncoding: "ieee-p1363" });
    const s = BigInt(`0x${raw.subarray(32).toString("hex")}`);
    if (s <= HALF) return new Uint8Array(raw);
    const low = (ORDER - s).toString(16).padStart(64, "0");
    return new Uint8Array(Buffer.concat([raw.subarray(0, 32), Buffer.from(low, "hex")]));
  }
}

export interface Signing {
  readonly nonce?: number;
  readonly id?: Uint8Array;
  readonly expiresAt?: number;
}

export class Phone {
  readonly key = new DeviceKey();
  readonly secret = randomBytes(16).toString("hex");
  readonly #base: ApiClient;
  api!: ApiClient;
  account = "";
  token = "";
  tenantId = 0;
  invitation = "";

  /** @param base of strangers, without a key */
  constructor(base: ApiClient) {
    this.#base = base;
  }

  async open(invitation: string, label = "Telefon"): Promise<this> {
    this.invitation = invitation;
    const body = { invitation, key: hexOf(this.key.compressed), secret: this.secret, label };
    const opened = await this.#base.call(wallet.openWallet, { body });
    this.carry(opened.coin.tenantId, opened.account, opened.token);
    return this;
  }

  carry(tenantId: number, account: string, token: string): void {
    this.tenantId = tenantId;
    this.account = account;
    this.token = token;
    this.api = this.#base.with({ authorization: `Wallet ${tenantId}.${token}` });
  }

  me(): Promise<wallet.WalletMe> {
    return this.api.call(wallet.getWallet);
  }

  request(link: string): Promise<wallet.WalletRequest> {
    return this.#base.call(wallet.getWalletRequest, { query: { key: String(link.split("#r=")[1]) } });
  }

  /** Signs without a net: with what it remembers. */
  signed(
    operation: Operation,
    {
      chainId,
      now,
      nonce,
      ...more
    }: { chainId: number; now: number; nonce: number } & Omit<Signing, "nonce">,
  ): string {
    const body = encodeBody({
      chainId,
      id: more.id ?? randomBytes(16),
      expiresAt: more.expiresAt ?? now + DAY_MS / 2,
      signers: [{ account: bytesOf(this.account), nonce, scheme: "p256", key: this.key.compressed }],
      operations: [operation],
    });
    return Buffer.concat([body, this.key.sign(body)]).toString("base64url");
  }

  /** Signs with the next number that the ledger names. */
  async sign(operation: Operation, more: Signing = {}): Promise<string> {
    const { nextNonce, coin, time, now } = await this.me();
    return this.signed(operation, {
      chainId: coin.chainId,
      now: Math.max(time, now),
      nonce: nextNonce,
      ...more,
    });
  }

  submit(bytes: string, labels?: Record<string, string>): Promise<wallet.Outcome> {
    return this.api.call(wallet.submitTransaction, { body: { bytes, ...(labels && { labels }) } });
  }

  /** What a request asks for, as an operation. */
  static operationOf(asked: wallet.WalletRequest): Operation {
    const common = {
      by: 0,
      to: bytesOf(asked.to),
      amount: asked.amount,
      reference: bytesOf(asked.reference),
    };
    return asked.kind === "now"
      ? { kind: "transfer", ...common }
      : { kind: "hold", ...common, arbiter: bytesOf(String(asked.arbiter)), until: Number(asked.until) };
  }

  /** Reads who, what and how much, and pays. */
  async pay(link: string, more: Signing = {}): Promise<wallet.Outcome> {
    return this.submit(await this.sign(Phone.operationOf(await this.request(link)), more));
  }
}
