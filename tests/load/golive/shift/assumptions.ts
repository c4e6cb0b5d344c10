/**
 * What the simulated shift takes for granted, because no run of the engine can measure it. `low` speaks against the first
 * level, `high` for it; `mid` is what the figure is told with. None of them is a measurement of ours: they are guesses
 * to be replaced by a company's own numbers (`--assume FILE.json`), and the note of each says what it stands for.
 */
interface Assumption {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly unit: string;
  readonly what: string;
}

const ASSUMPTIONS = {
  agents: { low: 8, mid: 8, high: 8, unit: "agents", what: "at the desk all day" },
  hours: {
    low: 9,
    mid: 9,
    high: 9,
    unit: "h",
    what: "the team is there, 9 to 18; what comes at night is left out",
  },
  chats: { low: 2, mid: 2, high: 2, unit: "chats", what: "an agent has open at once" },
  switching: {
    low: 0.1,
    mid: 0.1,
    high: 0.1,
    unit: "of work",
    what: "more for each further chat that is open",
  },
  typing: { low: 1.2, mid: 1.2, high: 1.2, unit: "of work", what: "the customer writes and the agent waits" },
  target: {
    low: 0.8,
    mid: 0.8,
    high: 0.8,
    unit: "share",
    what: "of those who wait for a person are to be begun with ...",
  },
  targetWait: { low: 5, mid: 5, high: 5, unit: "min", what: "... within this time" },
  question: {
    low: 3,
    mid: 4,
    high: 5,
    unit: "min",
    what: "an agent's work on a question that a text answers (mean)",
  },
  status: { low: 4, mid: 5, high: 6, unit: "min", what: "... that an order or a register answers" },
  casework: {
    low: 14,
    mid: 10,
    high: 8,
    unit: "min",
    what: "... on what has to be decided, changed or sent",
  },
  stranger: { low: 2, mid: 2, high: 2, unit: "min", what: "... on what is no business of the company" },
  spread: { low: 0.6, mid: 0.6, high: 0.6, unit: "sigma", what: "of the log-normal spread of this work" },
  reopened: {
    low: 0.1,
    mid: 0.1,
    high: 0.1,
    unit: "share",
    what: "of what a person settled comes back once, half as long",
  },
  settledByAnswer: {
    low: 0.6,
    mid: 0.75,
    high: 0.9,
    unit: "share",
    what: "of customers are done with the right answer",
  },
  settledByRegister: {
    low: 0.6,
    mid: 0.75,
    high: 0.9,
    unit: "share",
    what: "... with what the register says, proof included",
  },
  choosesRight: {
    low: 0.6,
    mid: 0.8,
    high: 0.9,
    unit: "share",
    what: "tap the right topic when it is offered",
  },
  comesBack: {
    low: 0.7,
    mid: 0.85,
    high: 0.95,
    unit: "share",
    what: "come back after a wrong answer; the others are lost",
  },
  wrongLonger: { low: 1.6, mid: 1.3, high: 1.1, unit: "x work", what: "for who got a wrong answer first" },
  returnAfter: {
    low: 10,
    mid: 10,
    high: 10,
    unit: "min",
    what: "until who was not helped writes again (mean)",
  },
  handOverSaves: { low: 0, mid: 30, high: 60, unit: "s", what: "of work by the summary at a hand-over" },
  suggestionSaves: {
    low: 0,
    mid: 20,
    high: 40,
    unit: "s",
    what: "... by the right topic among three suggested ones",
  },
  flowSaves: {
    low: 0.1,
    mid: 0.25,
    high: 0.4,
    unit: "of work",
    what: "where a flow, or the answer, has asked for the details",
  },
} as const satisfies Readonly<Record<string, Assumption>>;

export type AssumptionName = keyof typeof ASSUMPTIONS;
export type Assumptions = Readonly<Record<AssumptionName, number>>;
export type Level = "low" | "mid" | "high";
export const LEVELS: readonly Level[] = ["low", "mid", "high"];
export const NAMES = Object.keys(ASSUMPTIONS) as AssumptionName[];

/** Those that are swept, i.e. that differ between the levels. */
export const SWEPT = NAMES.filter((name) => ASSUMPTIONS[name].low !== ASSUMPTIONS[name].high);

/** @param own numbers of the company's own: they hold in every level */
export function assume(level: Level, own: Partial<Assumptions> = {}): Assumptions {
  const made = Object.fromEntries(NAMES.map((name) => [name, ASSUMPTIONS[name][level]]));
  return { ...(made as Assumptions), ...own };
}

/**
 * @param text JSON, e.g. {"casework": 12}
 * @throws Error naming what is no assumption, or no number that the arithmetic can bear
 */
export function readAssumptions(text: string): Partial<Assumptions> {
  const given = JSON.parse(text) as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    if (!NAMES.some((one) => one === name))
      throw new Error(`There is no assumption ${name}; there are ${NAMES.join(", ")}.`);
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
      throw new Error(`${name} is to be a number of 0 or more, not ${JSON.stringify(value)}.`);
  }
  const { agents, hours, chats, typing } = assume("mid", given as Partial<Assumptions>);
  if (!Number.isInteger(agents) || !Number.isInteger(chats) || Math.min(agents, chats, hours) < 1)
    throw new Error("agents and chats are whole numbers from 1, hours at least 1.");
  // An agent who had to type all the time in every chat would work more than an hour an hour.
  if (typing < chats - 1)
    throw new Error(`With ${chats} chats at once the customers' own time (typing) is ${chats - 1} or more.`);
  return given as Partial<Assumptions>;
}

/** Lines for the report. */
export function describeAssumptions(own: Partial<Assumptions>): string[] {
  return NAMES.map((name) => {
    const { low, mid, high, unit, what } = ASSUMPTIONS[name];
    const value = own[name] ?? (low === high ? mid : `${low} / ${mid} / ${high}`);
    return `${name} = ${value} ${unit}: ${what}${own[name] === undefined ? "" : " (given)"}`;
  });
}
