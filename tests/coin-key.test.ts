import { expect, test } from "vitest";
import { decodeSigned } from "../src/skills/coin/engine/decode.ts";
import { encodeBody } from "../src/skills/coin/engine/encode.ts";
import type { Transaction } from "../src/skills/coin/engine/transaction.ts";
import { checkSigned } from "../src/skills/coin/single/signatures.ts";
import { fromHex, lowered, makeKey, publicKeyOf, toHex } from "../src/web/coin-key/p256-key.ts";
import { codeOf, type DeviceKey, randomHex, signed, signRotation } from "../src/web/wallet/state/signing.ts";

/** What a browser signs, against the verifier of the ledger. */

async function device(): Promise<DeviceKey> {
  const pair = await makeKey();
  return { pair, point: await publicKeyOf(pair) };
}

const payment = () => ({
  chainId: 7,
  id: randomHex(16),
  account: randomHex(16),
  nonce: 3,
  expiresAt: 1_800_000_000_000,
  doing: {
    kind: "transfer",
    to: fromHex(randomHex(16)),
    amount: 10_900_000,
    reference: fromHex(randomHex(32)),
  } as const,
});

test("every payment that a device signs is good for the ledger, whichever half its s fell into", async () => {
  for (let n = 0; n < 60; n++) {
    const key = await device();
    const asked = payment();
    const bytes = await signed(key, asked);
    expect(checkSigned(bytes).verdict).toBe("good");
    const { transaction } = decodeSigned(bytes);
    expect(transaction.operations).toEqual([{ ...asked.doing, by: 0 }]);
    expect(transaction.signers).toEqual([
      { account: fromHex(asked.account), nonce: 3, scheme: "p256", key: fromHex(key.point) },
    ]);
    expect([toHex(transaction.id), transaction.expiresAt]).toEqual([asked.id, asked.expiresAt]);
  }
});

test("a signature is not good for other content, nor for another's key", async () => {
  const [mine, other] = [await device(), await device()];
  const bytes = await signed(mine, payment());
  for (const place of [9, 60, bytes.length - 70]) {
    const changed = bytes.slice();
    changed[place] = (changed[place] as number) ^ 1;
    expect(checkSigned(changed).verdict).toBe("bad_signature");
  }
  const stolen = await signed({ pair: mine.pair, point: other.point }, payment());
  expect(checkSigned(stolen).verdict).toBe("bad_signature");
});

test("of the two signatures that there are, the lower one is told, and it stays as it is", () => {
  const r = "11".repeat(32);
  const high = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";
  const low = lowered(fromHex(r + high));
  expect(toHex(low)).toBe(`${r}${"0".repeat(63)}1`);
  expect(lowered(low)).toEqual(low);
});

test("the private key does not leave the browser, not even for the page itself", async () => {
  const { privateKey } = await makeKey();
  expect(privateKey.extractable).toBe(false);
  for (const format of ["pkcs8", "jwk"] as const)
    await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow();
});

test("a helper signs the new key of the one account that asks, and nothing that only says so", async () => {
  const [helper, lost, thief] = [await device(), await device(), await device()];
  const [account, me] = [randomHex(16), randomHex(16)];
  const asking = { chainId: 7, account, newKey: lost.point, me: { account: me, point: helper.point } };
  const bodyOf = (operation: object, more: Partial<Transaction> = {}) =>
    toHex(
      encodeBody({
        chainId: 7,
        id: fromHex(randomHex(16)),
        expiresAt: 1_800_000_000_000,
        signers: [{ account: fromHex(me), nonce: 40, scheme: "p256", key: fromHex(helper.point) }],
        operations: [{ by: 0, ...operation } as Transaction["operations"][number]],
        ...more,
      }),
    );
  const rotation = { kind: "rotate", account: fromHex(account), scheme: "p256", key: fromHex(lost.point) };
  const good = bodyOf(rotation);
  const signature = await signRotation(helper, good, asking);
  expect(checkSigned(fromHex(good + signature)).verdict).toBe("good");
  const elsewhere = { kind: "transfer", to: fromHex(account), amount: 1, reference: fromHex(randomHex(32)) };
  const wrong = [
    bodyOf({ ...rotation, key: fromHex(thief.point) }),
    bodyOf({ ...rotation, account: fromHex(me) }),
    bodyOf(rotation, { chainId: 8 }),
    bodyOf(elsewhere),
    bodyOf(rotation, {
      operations: [
        { by: 0, ...rotation } as never,
        { by: 0, kind: "transfer", to: fromHex(account), amount: 1, reference: fromHex(randomHex(32)) },
      ],
    }),
    bodyOf(rotation, {
      signers: [{ account: fromHex(account), nonce: 1, scheme: "p256", key: fromHex(lost.point) }],
    }),
  ];
  for (const body of wrong) expect(await signRotation(helper, body, asking)).toBe(null);
});

test("two devices show the same digits for the same key and account, and others for another key or account", async () => {
  const point = `02${"ab".repeat(32)}`;
  const [lost, other] = ["0a".repeat(16), "0b".repeat(16)] as const;
  expect(await codeOf(lost, point)).toMatch(/^(\d{4} ){4}\d{4}$/);
  expect(await codeOf(lost, point)).toBe(await codeOf(lost, point));
  expect(await codeOf(lost, (await device()).point)).not.toBe(await codeOf(lost, point));
  expect(await codeOf(other, point)).not.toBe(await codeOf(lost, point));
});
