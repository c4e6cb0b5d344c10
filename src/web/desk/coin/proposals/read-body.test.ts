import { expect, test } from "vitest";
import { encodeBody, LIFETIME_MS, type Operation } from "../../../../skills/coin/api.ts";
import type { CoinSetup, ProposalContent } from "../../../../skills/wallet/api.ts";
import { fromHex, toHex } from "../../../coin-key/p256-key.ts";
import { readBody } from "./read-body.ts";

/** A member signs what the page says, whatever the node calls it. */

const NOW = Date.parse("2026-11-24T09:00:00Z");
const id = (byte: string) => byte.repeat(16);
const key = (byte: string) => `02${byte.repeat(32)}`;
const seat = (n: number, byte: string, council: "governors" | "attestors") => ({
  id: n,
  name: `Mitglied ${n}`,
  council,
  account: id(byte),
  key: key(byte),
  isMe: n === 1,
  isSeated: true,
});
const coin = {
  council: [seat(1, "a1", "governors"), seat(2, "a2", "governors"), seat(3, "a3", "attestors")],
  ledger: { chainId: 7, exchange: { account: id("ee") } },
} as unknown as CoinSetup;
const me = { account: id("a1"), point: key("a1") };

interface Given {
  readonly operations: Operation[];
  readonly chainId?: number;
  readonly expiresAt?: number;
  readonly signer?: string;
}

function bodyOf({ operations, chainId = 7, expiresAt = NOW + LIFETIME_MS, signer = "a1" }: Given): string {
  const signers = [
    { account: fromHex(id(signer)), nonce: 3, scheme: "p256" as const, key: fromHex(key(signer)) },
  ];
  return toHex(encodeBody({ chainId, id: fromHex(id("11")), expiresAt, signers, operations }));
}

const mint = (amount: number, to = "ee"): Operation => ({ kind: "mint", by: 0, to: fromHex(id(to)), amount });
const isSigned = (given: Given, what: ProposalContent): boolean =>
  readBody(bodyOf(given), { what, coin, me, now: NOW }) !== null;
const said = { kind: "mint", amountMinor: 500 } as const;

test("what is said is signed, and nothing else", () => {
  expect(isSigned({ operations: [mint(5_000_000)] }, said)).toBe(true);
  expect(isSigned({ operations: [mint(5_000_001)] }, said)).toBe(false);
  expect(isSigned({ operations: [mint(5_000_000, "bb")] }, said)).toBe(false);
  expect(isSigned({ operations: [mint(5_000_000), mint(5_000_000)] }, said)).toBe(false);
  const statement = "5".repeat(64);
  const attest = { kind: "attest", asset: "EUR", amountMinor: 9, statement } as const;
  expect(
    isSigned({ operations: [mint(5_000_000)] }, { ...attest, statedAt: new Date(NOW).toISOString() }),
  ).toBe(false);
});

test("bytes of another coin, for later than a day, and without my key are not signed", () => {
  const operations = [mint(5_000_000)];
  expect(isSigned({ operations, chainId: 8 }, said)).toBe(false);
  expect(isSigned({ operations, expiresAt: NOW + 2 * LIFETIME_MS }, said)).toBe(false);
  expect(isSigned({ operations, signer: "a2" }, said)).toBe(false);
  expect(readBody("00ff", { what: said, coin, me, now: NOW })).toBeNull();
});

test("a council is the people who are named, a seat the key of whom it is for", () => {
  const council = (bytes: readonly string[], needed: number): Operation => ({
    kind: "council",
    by: 0,
    council: "governors",
    needed,
    members: bytes.map((byte) => fromHex(id(byte))),
  });
  const what = { kind: "council", council: "governors", needed: 2, members: [1, 2] } as const;
  const changed = { ...what, members: [...what.members] };
  expect(isSigned({ operations: [council(["a1", "a2"], 2)] }, changed)).toBe(true);
  expect(isSigned({ operations: [council(["a1", "a2"], 1)] }, changed)).toBe(false);
  expect(isSigned({ operations: [council(["a1", "bb"], 2)] }, changed)).toBe(false);
  const open = (byte: string, role: "attestor" | "governor"): Operation => ({
    kind: "open",
    by: 0,
    account: fromHex(id("a3")),
    role,
    scheme: "p256",
    key: fromHex(key(byte)),
    secret: fromHex(id("99")),
  });
  expect(isSigned({ operations: [open("a3", "attestor")] }, { kind: "seat", member: 3 })).toBe(true);
  expect(isSigned({ operations: [open("bb", "attestor")] }, { kind: "seat", member: 3 })).toBe(false);
  expect(isSigned({ operations: [open("a3", "governor")] }, { kind: "seat", member: 3 })).toBe(false);
});
