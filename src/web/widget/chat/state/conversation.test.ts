import { describe, expect, it } from "vitest";
import type { VisitorMessage } from "../../contract.ts";
import { EMPTY, isCustomersTurn, withEvent, withHistory, withMessage, withOutgoing } from "./conversation.ts";
import type { Outgoing } from "./outgoing.ts";

function message(id: string, over: Partial<VisitorMessage> = {}): VisitorMessage {
  return {
    id,
    clientId: null,
    author: "bot",
    authorName: "",
    text: "Moin.",
    media: null,
    options: [],
    link: null,
    status: "sent",
    source: null,
    isAsking: false,
    language: "de",
    revoked: false,
    sentAt: "2026-11-19T17:42:00Z",
    ...over,
  };
}
const outgoing: Outgoing = {
  clientId: "c1",
  text: "Hallo",
  choice: null,
  file: null,
  fileId: null,
  at: "2026-11-19T17:41:00Z",
  state: "sent",
  reason: null,
};

describe("conversation", () => {
  it("replaces the sent bubble by the node's message, so that it stands there once", () => {
    const sent = withOutgoing(EMPTY, outgoing);
    const after = withMessage(sent, message("m1", { author: "customer", clientId: "c1" }));
    expect(after.outgoing).toEqual([]);
    expect(after.messages).toHaveLength(1);
  });

  it("shows a message once that comes by the history and by the stream", () => {
    const history = {
      items: [message("m1")],
      state: { speaker: "bot" as const, personName: null },
      cursor: "1",
    };
    const after = withEvent(withHistory(EMPTY, history), { type: "message", message: message("m1") });
    expect(after.messages).toHaveLength(1);
  });

  it("takes no tick away when a receipt comes late", () => {
    const read = withMessage(EMPTY, message("m1", { status: "read" }));
    expect(withMessage(read, message("m1", { status: "delivered" })).messages[0]?.status).toBe("read");
  });

  it("keeps what is on its way when the history is fetched again", () => {
    const history = { items: [], state: { speaker: "closed" as const, personName: null }, cursor: "1" };
    expect(withHistory(withOutgoing(EMPTY, outgoing), history).outgoing).toEqual([outgoing]);
  });

  it("ends 'is typing' when the person's message is there, not when the customer writes", () => {
    const typing = withEvent(EMPTY, { type: "typing", who: "Jana" });
    expect(withMessage(typing, message("m1", { author: "customer" })).typing).toBe("Jana");
    expect(withMessage(typing, message("m2", { author: "agent" })).typing).toBeNull();
  });

  it("says whose turn it is by the last question", () => {
    const asked = withMessage(EMPTY, message("m1", { text: "Welche meinen Sie? " }));
    expect(isCustomersTurn(asked)).toBe(true);
    expect(isCustomersTurn(withOutgoing(asked, outgoing))).toBe(false);
    expect(
      isCustomersTurn(withMessage(asked, message("m2", { author: "system", text: "Jana ist da" }))),
    ).toBe(true);
    expect(isCustomersTurn(withMessage(asked, message("m3", { author: "customer", text: "Die?" })))).toBe(
      false,
    );
  });
});
