import { expect, test } from "vitest";
import { bodyOf, emptyDraft, faultsOf } from "./log-draft.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const ID = "5f8d3c2e-3a51-4f8e-9b0e-0d6c5b9a1c11";

test("an empty draft is a call that reached somebody, and sends nothing that was not said", () => {
  expect(bodyOf(emptyDraft(NOW, "out"), { conversationId: 7 }, ID)).toEqual({
    clientId: ID,
    conversationId: 7,
    direction: "out",
    outcome: "reached",
    note: "",
    seconds: null,
    topic: null,
    settle: "nothing",
  });
});

test("minutes become seconds, with a comma too; of a call that reached nobody there are none", () => {
  const draft = { ...emptyDraft(NOW, "in"), minutes: "2,5" };
  expect(bodyOf(draft, { phone: "040 1234" }, ID).seconds).toBe(150);
  expect(bodyOf({ ...draft, outcome: "voicemail" }, { phone: "040 1234" }, ID).seconds).toBeNull();
});

test("a promise names when, and on the number that is called", () => {
  const draft = { ...emptyDraft(NOW, "in"), outcome: "promised" as const };
  expect(bodyOf(draft, { phone: "+49401234567" }, ID).promise).toEqual({
    promisedAt: "2026-11-24T10:00:00.000Z",
    until: null,
    phone: "+49401234567",
  });
});

test("what is missing or wrong is named by its field", () => {
  const draft = { ...emptyDraft(NOW, "in"), outcome: "promised" as const, minutes: "lang", promisedAt: NOW };
  expect(faultsOf(draft, null, NOW)).toEqual({
    target: "calls.whoMissing",
    minutes: "calls.minutesWrong",
    promisedAt: "calls.past",
  });
  expect(faultsOf(emptyDraft(NOW, "in"), { contactId: 1 }, NOW)).toEqual({
    target: null,
    minutes: null,
    promisedAt: null,
  });
});
