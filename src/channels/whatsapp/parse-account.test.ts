import { describe, expect, test } from "vitest";
import { change, fixture, parsed, RECEIVED_AT } from "./webhook-bodies.ts";

describe("receipts and the account", () => {
  test("a receipt brings our correlation back", () => {
    expect(fixture("pywa__message_status__with_tracker")).toEqual([
      {
        kind: "receipt",
        address: "1122334455667",
        externalId: "wamid.xyzxyz",
        correlation: "some data",
        recipient: "972987654321",
        status: "sent",
        at: 1698266945000,
        errors: [],
        business: "waba:5467539754836534",
      },
    ]);
  });

  test("a failed receipt says why", () => {
    const [item, ...more] = fixture("pywa__message_status__failed");
    expect(item).toMatchObject({ kind: "receipt", status: "failed", errors: [{ code: 130472 }] });
    expect(more).toEqual([]);
  });

  test("a receipt that says that marketing was stopped also stops it", () => {
    const status = {
      id: "wamid.5",
      status: "failed",
      recipient_id: "4915112345",
      errors: [{ code: 131050, title: "stopped" }],
    };
    const items = parsed(change({ statuses: [status] }));
    expect(items.map((item) => item.kind)).toEqual(["receipt", "preference"]);
    expect(items[1]).toMatchObject({
      preference: "stop",
      scope: "marketing",
      identities: [{ kind: "wa_id", value: "4915112345" }],
    });
  });

  test("a receipt with an account error turns the light", () => {
    const status = {
      id: "wamid.5",
      status: "failed",
      recipient_id: "4915112345",
      errors: [{ code: 131042, title: "payment" }],
    };
    expect(parsed(change({ statuses: [status] }))[1]).toMatchObject({
      kind: "account",
      health: "bad",
      address: "77",
    });
  });

  test("a status that nobody knows or of a call is ignored, one without any id is broken", () => {
    const statuses = [
      { id: "wamid.5", status: "warming" },
      { id: "wacid.5", type: "call", status: "failed" },
      { status: "read" },
    ];
    expect(parsed(change({ statuses })).map((item) => item.kind)).toEqual(["ignored", "ignored", "broken"]);
  });

  test("a preference belongs to its wa_id and not to another contact beside it", () => {
    const contacts = [{ wa_id: "4900000000", user_id: "DE.OTHER" }];
    const user_preferences = [
      { wa_id: "4915112345", category: "marketing_messages", value: "stop", timestamp: 1731705721 },
    ];
    expect(parsed(change({ contacts, user_preferences }, "user_preferences"))).toMatchObject([
      {
        kind: "preference",
        preference: "stop",
        scope: "marketing",
        identities: [{ kind: "wa_id", value: "4915112345" }],
      },
    ]);
  });

  test("an account event is for the business account it names", () => {
    const [item] = fixture("pywa__account_update__partner_removed_wa_app_disconnection");
    expect(item).toMatchObject({ kind: "account", address: "waba:980198427658004", health: "bad" });
  });

  test("what Meta thinks of a template comes with name, language and state or category", () => {
    const named = { message_template_name: "a", message_template_language: "de" };
    const of = (value: object, field: string) =>
      (parsed(change({ ...named, ...value }, field))[0] as { template?: unknown }).template;
    const approved = { event: "APPROVED", reason: "NONE", message_template_category: "UTILITY" };
    expect(of(approved, "message_template_status_update")).toEqual({
      name: "a",
      language: "de",
      state: "approved",
      category: null,
      reason: "",
      at: RECEIVED_AT,
    });
    expect(of({ new_category: "MARKETING" }, "template_category_update")).toMatchObject({
      state: null,
      category: "marketing",
    });
    const paused = { event: "PAUSED", reason: "NONE", other_info: { title: "FIRST_PAUSE" } };
    expect(of(paused, "message_template_status_update")).toMatchObject({
      state: "paused",
      reason: "FIRST_PAUSE",
    });
    expect(of({ event: "FLAGGED" }, "message_template_status_update")).toBeUndefined();
    // The time stands beside the changes, in seconds.
    const field = "message_template_status_update";
    const entry = [{ id: "9", time: 1751247548, changes: [{ field, value: { ...named, ...approved } }] }];
    expect(parsed({ entry })).toMatchObject([{ address: "waba:9", template: { at: 1751247548000 } }]);
    // Announced, not yet so.
    expect(of({ correct_category: "MARKETING" }, "template_category_update")).toBeUndefined();
  });

  test("errors of the whole account and unknown fields are kept apart", () => {
    const errors = [{ code: 130429, title: "Rate limit hit" }];
    expect(parsed(change({ errors }))).toMatchObject([{ kind: "account", field: "errors", health: null }]);
    expect(parsed(change({}, "flows"))).toEqual([{ kind: "ignored", address: "77", field: "flows" }]);
  });

  test("a customer's call is seen, its end is not", () => {
    const call = {
      id: "wacid.1",
      from: "4915112345",
      event: "connect",
      direction: "USER_INITIATED",
      timestamp: "1697043223",
    };
    const calls = [call, { ...call, event: "terminate" }];
    expect(parsed(change({ calls }, "calls"))).toMatchObject([
      { kind: "message", content: { type: "system", event: "call" } },
      { kind: "ignored" },
    ]);
  });
});
