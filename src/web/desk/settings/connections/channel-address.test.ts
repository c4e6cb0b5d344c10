import { expect, test } from "vitest";
import { channelAddress } from "./channel-address.ts";

test("a channel is shown by what people know it by, a page never by its key", () => {
  const key = "hk_web_0f9d5b3a4596";
  expect(channelAddress({ kind: "web", address: key, settings: {} })).toBe("");
  const origins = ["https://laden.example", "https://shop.example"];
  expect(channelAddress({ kind: "web", address: key, settings: { origins } })).toBe(
    "https://laden.example, https://shop.example",
  );
  expect(channelAddress({ kind: "telegram", address: "77", settings: { botName: "hk_bot" } })).toBe(
    "@hk_bot",
  );
  expect(channelAddress({ kind: "telegram", address: "77", settings: {} })).toBe("77");
  const displayPhone = "+49 40 66969140";
  expect(channelAddress({ kind: "whatsapp", address: "1065", settings: { displayPhone } })).toBe(
    displayPhone,
  );
  expect(channelAddress({ kind: "email", address: "moin@example.org", settings: {} })).toBe(
    "moin@example.org",
  );
});
