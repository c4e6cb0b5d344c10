import { describe, expect, test } from "vitest";
import {
  bounceEnds,
  bringsBack,
  DIRECT_CHARACTERS,
  judge,
  judgeForgotten,
  mayGoDirectly,
  wayBack,
} from "./judge.ts";

const question = { state: "sent" as const, toEmail: "oezdemir@werk.example" };
const mail = {
  from: "oezdemir@werk.example",
  text: "Ja, bis Freitag.",
  hasFiles: false,
  automatic: null,
  isUnproven: false,
  isExpired: false,
};

describe("what a mail is to a question", () => {
  test.each([
    ["the first reply from the asked address", {}, {}, "answer"],
    ["a reply after the case came back unanswered", { state: "unanswered" }, {}, "answer"],
    ["a reply after a bounce all the same", { state: "failed" }, {}, "answer"],
    ["a second reply", { state: "answered" }, {}, "again"],
    ["a reply to a question that was withdrawn", { state: "withdrawn" }, {}, "withdrawn"],
    ["an out-of-office note", {}, { automatic: "auto-submitted" }, "automatic"],
    ["a machine's note from elsewhere", {}, { automatic: "list", from: "x@werk.example" }, "automatic"],
    ["another address", {}, { from: "mallory@werk.example" }, "stranger"],
    ["another address, after the answer", { state: "answered" }, { from: "x@werk.example" }, "stranger"],
    ["a sender that its server doubts", {}, { isUnproven: true }, "unproven"],
    ["a reply after the token's end", {}, { isExpired: true }, "late"],
    ["a reply after the question's end", { state: "expired" }, {}, "late"],
    ["blanks alone", {}, { text: " \n" }, "empty"],
    ["a file alone", {}, { text: "", hasFiles: true }, "answer"],
  ] as const)("%s", (_, of, part, verdict) => {
    expect(judge({ ...question, ...of }, { ...mail, ...part })).toBe(verdict);
  });

  test.each([
    ["words", {}, "late"],
    ["a file alone", { text: "", hasFiles: true }, "late"],
    ["a sender that its server doubts", { isUnproven: true }, "unproven"],
    ["a machine's note", { automatic: "auto-replied" }, null],
    ["silence", { text: " " }, null],
  ] as const)("to a question that is not kept any more, %s", (_, part, verdict) => {
    expect(judgeForgotten({ ...mail, ...part })).toBe(verdict);
  });

  test("a machine and silence leave the case where it is, everything else brings it back", () => {
    expect((["automatic", "empty"] as const).map(bringsBack)).toEqual([false, false]);
    for (const one of ["answer", "again", "stranger", "unproven", "late", "withdrawn"] as const)
      expect(bringsBack(one), one).toBe(true);
  });

  test("a bounce ends only what is waited for", () => {
    expect(bounceEnds("sent")).toBe(true);
    expect(bounceEnds("queued")).toBe(true);
    for (const state of ["answered", "withdrawn", "expired", "failed", "unanswered"] as const)
      expect(bounceEnds(state), state).toBe(false);
  });
});

describe("an answer goes to the customer unseen", () => {
  const answer = { verdict: "answer" as const, text: "Ja, bis Freitag.", hasFiles: false };
  const wish = {
    isDirect: true,
    isAllowed: true,
    isClosed: false,
    state: "sent" as const,
    isOvertaken: false,
    ours: ["----- Aus dem Gespräch -----", "Wie viel Nachlass geben wir ihm höchstens?"],
  };

  test("only when agent and company want it and nothing speaks against it", () => {
    expect(mayGoDirectly(answer, wish)).toBe(true);
  });

  test.each([
    ["the agent did not tick it", {}, { isDirect: false }],
    ["the company closed it meanwhile", {}, { isAllowed: false }],
    ["the conversation is closed", {}, { isClosed: true }],
    ["it is a second answer", { verdict: "again" }, {}],
    ["it is from another address", { verdict: "stranger" }, {}],
    ["its sender is doubted", { verdict: "unproven" }, {}],
    ["it came too late", { verdict: "late" }, {}],
    ["it has files", { hasFiles: true }, {}],
    ["it is long", { text: "x".repeat(DIRECT_CHARACTERS + 1) }, {}],
    ["the case went back before it came", {}, { state: "unanswered" }],
    ["our mail came back meanwhile", {}, { state: "failed" }],
    ["somebody wrote since", {}, { isOvertaken: true }],
    [
      "it repeats our question",
      { text: "Höchstens 5 %.\n| Wie viel Nachlass\n> geben wir ihm höchstens?" },
      {},
    ],
    ["it repeats our mail", { text: "Ja.\n\n----- Aus dem Gespräch -----\nAnna: …" }, {}],
  ] as const)("never when %s", (_, part, of) => {
    expect(mayGoDirectly({ ...answer, ...part }, { ...wish, ...of })).toBe(false);
  });
});

test.each([
  ["person", "jana", true, "asker"],
  ["person", "jana", false, "queue"],
  ["person", "tom", true, "stay"],
  ["person", "tom", false, "stay"],
  ["person", null, true, "asker"],
  ["closed", "tom", true, "asker"],
  ["closed", "jana", false, "queue"],
  ["waiting", null, true, "asker"],
  ["bot", null, false, "queue"],
] as const)(
  "a case that is %s with %s comes back, asker there: %s -> %s",
  (state, assigneeId, isThere, way) => {
    expect(wayBack({ state, assigneeId }, { id: "jana", isThere })).toBe(way);
  },
);
