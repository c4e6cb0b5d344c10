import type { PersonNumber } from "../skill.ts";

/** The kernel's own numbers about persons, for the register; conversations serve the purpose of answering. */
export const kernelPersonNumbers: readonly PersonNumber[] = [
  {
    column: "kernel.conversation.unread",
    origin: "derived",
    purpose: "service.answer",
    inputs: ["service.answer"],
    consequence: "the desk shows that somebody waits for an answer",
    owner: "kernel",
    keepDays: 1095,
  },
  {
    column: "kernel.callback.tries",
    origin: "told",
    purpose: "service.answer",
    inputs: ["service.answer"],
    consequence: "after some calls in vain the customer reads that we tried",
    owner: "kernel",
    keepDays: 1095,
  },
];
