import { expect, test } from "vitest";
import { NONCE_JUMP } from "../limits.ts";
import { chance } from "../random-asks.fixture.ts";
import { bytesOf, hex } from "./holds.ts";
import { IdTable } from "./id-table.ts";
import { Nonces } from "./nonces.ts";
import { Recent } from "./recent.ts";

function idLike(random: () => number): Uint8Array {
  const id = new Uint8Array(16);
  // Few different ones, and many that fall close together.
  new DataView(id.buffer).setUint32(random() < 0.5 ? 0 : 12, Math.floor(random() * 3_000));
  return id;
}

test("the table of ids knows what a Map knows, through growth and removal", () => {
  const random = chance(1);
  const table = new IdTable(17);
  const map = new Map<string, number>();
  for (let n = 0; n < 30_000; n++) {
    const id = idLike(random);
    const row = table.find(id);
    expect(row).toBe(map.get(hex(id)) ?? -1);
    if (row < 0) map.set(hex(id), table.add(id));
    else if (random() < 0.4) {
      table.remove(row);
      map.delete(hex(id));
    }
    if (row >= 0 && map.has(hex(id))) expect(hex(table.idOf(row))).toBe(hex(id));
  }
  expect(table.size).toBe(map.size);
  expect([...table.used()].map((row) => hex(table.idOf(row))).sort()).toEqual([...map.keys()].sort());
});

test("each number is used once, in any order, inside a window that moves on", () => {
  const random = chance(2);
  const nonces = new Nonces(4);
  const used = new Set<number>();
  let low = 0;
  for (let n = 0; n < 20_000; n++) {
    const nonce = Math.max(0, low + Math.floor(random() * 90) - 10 + (random() < 0.001 ? NONCE_JUMP : 0));
    const expected =
      nonce < low
        ? "nonce_too_old"
        : nonce >= low + 64 + NONCE_JUMP
          ? "nonce_too_new"
          : used.has(nonce)
            ? "nonce_used"
            : "free";
    expect(nonces.judge(2, nonce)).toBe(expected);
    if (expected !== "free") continue;
    nonces.use(2, nonce);
    used.add(nonce);
    low = Math.max(low, nonce - 63);
    while (used.has(low)) low++;
    expect(nonces.read(2).low).toBe(low);
  }
  expect(nonces.judge(1, 0)).toBe("free");
});

test("an id is remembered until it has expired, and not longer than a minute more", () => {
  const recent = new Recent(3);
  const id = bytesOf("00112233445566778899aabbccddeeff");
  const digest = new Uint8Array(32).fill(1);
  recent.add(id, { digest, code: 25, expiresAt: 120_500 });
  recent.forget(120_499);
  expect(recent.find(id, digest)).toBe(25);
  expect(recent.find(id, new Uint8Array(32))).toBe("conflict");
  recent.forget(180_000);
  expect(recent.find(id, digest)).toBeNull();
  expect(recent.size).toBe(0);
});
