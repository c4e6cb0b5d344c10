import { expect, test } from "vitest";
import { readLineEvent } from "./line-events.ts";

test("sipgate: a call from outside names who calls, one of ours who is called", () => {
  const base = { event: "newCall", callId: "123456", from: "492111234567", to: "4915791234567" };
  expect(readLineEvent("sipgate", { ...base, direction: "in", "user[]": ["Alice", "Bob"] })).toEqual({
    what: "rang",
    callId: "123456",
    direction: "in",
    written: "492111234567",
    isVoicemail: false,
    ending: null,
  });
  expect(readLineEvent("sipgate", { ...base, direction: "out" })?.written).toBe("4915791234567");
});

test.each([
  ["normalClearing", "answered"],
  ["busy", "missed"],
  ["cancel", "missed"],
  ["noAnswer", "missed"],
  ["congestion", "missed"],
  ["notFound", "missed"],
  ["forwarded", "dropped"],
])("sipgate: a hang-up because of %s means %s", (cause, ending) => {
  const event = readLineEvent("sipgate", {
    event: "hangup",
    cause,
    callId: "1",
    direction: "in",
    from: "1",
    to: "2",
  });
  expect(event).toMatchObject({ what: "ended", ending });
});

test("sipgate: a voicemail that answers is no person", () => {
  expect(readLineEvent("sipgate", { event: "answer", callId: "1", user: "voicemail" })?.isVoicemail).toBe(
    true,
  );
  expect(readLineEvent("sipgate", { event: "answer", callId: "1", user: "Alice" })?.isVoicemail).toBe(false);
});

test.each([
  ["voicemail", "voicemail"],
  ["missed", "missed"],
  ["blocked", "dropped"],
  ["accepted", "answered"],
])("Placetel: a hang-up of type %s means %s", (type, ending) => {
  const body = { event: "HungUp", from: "022129191999", to: "022199998560", call_id: "f459", type };
  expect(readLineEvent("placetel", body)).toMatchObject({ what: "ended", callId: "f459", ending });
});

test("Placetel: an incoming call names who calls", () => {
  const body = { event: "IncomingCall", from: "022129191999", to: "022199998560", call_id: "f459" };
  expect(readLineEvent("placetel", body)).toMatchObject({ direction: "in", written: "022129191999" });
});

test("any other system says ringing, answered and ended", () => {
  const base = { callId: "9", direction: "in", from: "040 1", to: "2" };
  expect(readLineEvent("generic", { ...base, event: "ringing" })).toMatchObject({
    what: "rang",
    written: "040 1",
  });
  expect(readLineEvent("generic", { ...base, event: "ended", result: "missed" })).toMatchObject({
    ending: "missed",
  });
  expect(readLineEvent("generic", { ...base, event: "ended" })).toMatchObject({ ending: "answered" });
  expect(readLineEvent("generic", { ...base, event: "ended", result: "odd" })).toBeNull();
});

test.each([
  {},
  { event: "dtmf", callId: "1" },
  { event: "newCall" },
  { event: "newCall", callId: "x".repeat(200) },
])("rubbish is no event: %j", (body) => {
  for (const kind of ["sipgate", "placetel", "generic"] as const)
    expect(readLineEvent(kind, body)).toBeNull();
});
