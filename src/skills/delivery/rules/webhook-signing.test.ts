import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { signedHeaders, waitAfter, webhookSecret } from "./webhook-signing.ts";

test("is signed as the specification's own example is", () => {
  // Standard Webhooks, "Signature scheme": secret, id, timestamp and body of the reference libraries' tests.
  const headers = signedHeaders(
    { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}' },
    { secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", now: 1_614_265_330_999 },
  );
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("another body has another signature, and a secret is 24 bytes or more", () => {
  const secret = webhookSecret(Buffer.alloc(32, 7));
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{32,88}$/);
  const signed = (body: string) => signedHeaders({ id: "1", body }, { secret, now: 0 })["webhook-signature"];
  const own = createHmac("sha256", Buffer.alloc(32, 7)).update("1.0.a").digest("base64");
  expect(signed("a")).toBe(`v1,${own}`);
  expect(signed("b")).not.toBe(signed("a"));
});

test("tries go on for about a day, ever more rarely, and end", () => {
  const waits = Array.from({ length: 12 }, (_, n) => waitAfter(n + 1));
  const real = waits.filter((wait) => wait !== null);
  expect(real).toEqual([...real].sort((a, b) => a - b));
  const hours = real.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(26);
  expect(waits.slice(real.length).every((wait) => wait === null)).toBe(true);
});
