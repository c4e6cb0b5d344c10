import { expect, test } from "vitest";
import { verifyDelivery } from "./signature.ts";

/** The example of the Standard Webhooks specification, "Verifying signatures": its secret, id, time, body and result. */
const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const headers = {
  id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
  timestamp: "1649367553",
  signature: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
};
const body = '{"email":"test@example.com","username":"test_user"}';
const now = 1_649_367_553_000;

test("the specification's example is right, and nothing else is", () => {
  const verify = (more: Partial<typeof headers>, text = body, at = now) =>
    verifyDelivery({ ...headers, ...more }, text, { secret, now: at });
  expect(verify({})).toBe(headers.id);
  expect(verify({ signature: `v1,AAAA v2,x ${headers.signature}` })).toBe(headers.id);
  expect(verify({}, `${body} `)).toBeNull();
  expect(verify({ id: "msg_other" })).toBeNull();
  expect(verify({ timestamp: "1649367554" })).toBeNull();
  expect(verify({ signature: "v1," })).toBeNull();
  expect(verify({ signature: undefined as unknown as string })).toBeNull();
  expect(verify({}, body, now + 301_000)).toBeNull();
  expect(verify({}, body, now - 301_000)).toBeNull();
  expect(verify({}, body, now + 299_000)).toBe(headers.id);
});
