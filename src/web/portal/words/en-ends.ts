import type { Words } from "../words.ts";

/** How the page ends: erased, over, without contact. */
export const enErased: Words["erased"] = {
  title: "Your data are erased",
  lead: (time) => `Erased on ${time}, in all rooms of this company at once.`,
  kept: "What stays, why and how long",
  kinds: {
    proof: (count) =>
      `${count} proofs that you allowed something or took it back. They protect both sides if somebody asks.`,
    ledger: (count) =>
      `${count} checksums in the chain of permissions. Without the proofs they say nothing about a person.`,
    readers: (count) =>
      `${count} lines on who of the team looked on which day. They name only a number that nobody stands behind any more.`,
    events: (count) => `${count} entries that something happened. They hold numbers, no contents.`,
    raw: () => "Raw deliveries of the messaging services. They go with their stretch of time.",
  },
  until: (day) => `until ${day}`,
  forGood: "for good, without relation to a person",
  after: "This page ends here. If you write again, everything starts anew.",
};

const again = "Write “my data” in the conversation. A new link comes then.";

export const enProblems: Pick<Words, "ended" | "noKey" | "offline" | "left"> = {
  ended: {
    title: "This link has ended",
    rows: [
      [
        "What happened",
        "A link works for half an hour, and only the newest one. So nobody else gets at the data.",
      ],
      ["What is kept", "Everything. Only what this page has confirmed already is changed."],
      ["What you can do", again],
    ],
  },
  noKey: {
    title: "A link from the conversation leads here",
    rows: [
      ["What happened", "This page was opened without the key that stands in the link."],
      ["What is kept", "Everything. Nobody has seen anything."],
      ["What you can do", again],
    ],
  },
  offline: {
    title: "No connection",
    rows: [
      ["What happened", "The node did not answer, or the network is gone."],
      ["What is kept", "Everything. The link works on until its time is over."],
      ["What you can do", "Try again as soon as the network is back."],
    ],
    retry: "Try again",
    line: (time) => `No connection. You see the state of ${time}.`,
  },
  left: {
    title: "You are signed out",
    rows: [
      ["What happened", "The link is ended. Nobody can open it once more."],
      ["What is kept", "Everything."],
      ["What you can do", again],
    ],
  },
};
