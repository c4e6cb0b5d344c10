import { describe, expect, test } from "vitest";
import { receiptItems } from "./receipt.ts";

const billedOf = (pricing: unknown): unknown => {
  const status = {
    id: "wamid.1",
    status: "delivered",
    timestamp: "1795000000",
    recipient_id: "491511",
    pricing,
  };
  const [item] = receiptItems(status, "4940", 0);
  return item?.kind === "receipt" ? item.billed : item;
};

describe("what a receipt says of the price", () => {
  test("is the category where Meta charges the message", () => {
    const charged = { billable: true, pricing_model: "PMP", type: "regular" };
    expect(billedOf({ ...charged, category: "utility" })).toBe("utility");
    expect(billedOf({ ...charged, category: "authentication-international" })).toBe(
      "authentication-international",
    );
    // An older version says nothing but "billable".
    expect(billedOf({ billable: true, pricing_model: "PMP", category: "marketing" })).toBe("marketing");
    // The newest may leave the deprecated field out.
    expect(billedOf({ pricing_model: "PMP", type: "regular", category: "service" })).toBe("service");
  });

  test("is nothing where it is free, priced by the conversation, missing or rubbish", () => {
    for (const pricing of [
      { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "utility" },
      { billable: true, pricing_model: "PMP", type: "free_entry_point", category: "marketing" },
      { billable: true, pricing_model: "CBP", category: "service" },
      undefined,
      null,
      "utility",
      [],
      { type: "regular", category: { a: 1 } },
    ])
      expect(billedOf(pricing)).toBeUndefined();
  });
});
