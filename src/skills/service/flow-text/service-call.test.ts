import { expect, test } from "vitest";
import { parseFlow, requestOf } from "./index.ts";

const text = `flow f
  title
    de: T
    en: T
  start
    de: s
    en: s
step a
  call GET https://shop.example/api/orders/{order}/lines
  -> end
`;

test("a slot cannot climb the path of an address", () => {
  const call = parseFlow(text).document?.steps[0]?.statements[0];
  if (call?.kind !== "call") throw new Error(JSON.stringify(parseFlow(text).faults));
  const address = (order: string) => requestOf(call, { order }).url;
  expect(address("4711")).toBe("https://shop.example/api/orders/4711/lines");
  expect(address("a/../b")).toBe("https://shop.example/api/orders/a%2F..%2Fb/lines");
  for (const order of ["..", "."]) expect(URL.canParse(address(order))).toBe(false);
});
