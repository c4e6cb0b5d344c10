import { expect, test } from "vitest";
import { correlationOf, mergeReceipts } from "./receipts.ts";
import type { Located } from "./sort.ts";

const MESSAGE = "019a0000-0000-8000-8000-000000000001";

const receipt = (status: "sent" | "delivered" | "read", billed?: string): Located<"receipt"> =>
  ({
    account: { tenantId: 1 },
    item: {
      kind: "receipt",
      address: "4940",
      externalId: "wamid.1",
      correlation: correlationOf(7, MESSAGE),
      status,
      at: 0,
      errors: [],
      ...(billed === undefined ? {} : { billed }),
    },
  }) as unknown as Located<"receipt">;

test("receipts of one message become the highest, and what one of them says of the price holds", () => {
  for (const receipts of [
    [receipt("sent", "utility"), receipt("delivered"), receipt("read")],
    [receipt("read"), receipt("sent", "utility")],
    [receipt("delivered", "utility"), receipt("read", "utility")],
  ])
    expect(mergeReceipts(receipts)).toEqual([
      {
        tenantId: 1,
        conversationId: 7,
        messageId: MESSAGE,
        status: expect.any(String),
        error: null,
        billed: "utility",
      },
    ]);
  expect(mergeReceipts([receipt("read"), receipt("sent", "utility")])[0]?.status).toBe("read");
  expect(mergeReceipts([receipt("sent"), receipt("delivered")])[0]?.billed).toBeNull();
});
