import { expect, test } from "vitest";
import { planApply, planRemove, type StandingTopic, type WantedTopic, type Written } from "./index.ts";

const example = (text: string) => ({ language: "de" as const, text });
const wanted = (changes: Partial<WantedTopic> = {}): WantedTopic => ({
  intent: "hours",
  title: { de: "Zeiten", en: "Hours" },
  flow: "",
  cost: 1,
  answers: { de: { text: "Von 9 bis 18 Uhr.", options: [] } },
  examples: [example("wann offen"), example("öffnungszeiten")],
  question: null,
  ...changes,
});
let nextId = 1;
/** The topic as it stands after `topic` was written, with what the company changed. */
const standing = (topic: WantedTopic, changes: Partial<StandingTopic> = {}): StandingTopic => ({
  id: nextId++,
  intent: topic.intent,
  title: topic.title,
  flow: topic.flow,
  cost: topic.cost,
  answers: Object.fromEntries(
    Object.entries(topic.answers).map(([language, answer]) => [language, { ...answer, isOwn: false }]),
  ),
  examples: topic.examples.map((one) => ({ ...one, id: nextId++, isTaught: false })),
  ...changes,
});
const first = (topic: WantedTopic): Written["topics"] => planApply([topic], [], {}).written;

test("a new topic is inserted whole", () => {
  const plan = planApply([wanted()], [], {});
  expect(plan.insert).toEqual([wanted()]);
  expect(plan.change).toEqual([]);
  expect(plan.written.hours?.answers.de?.text).toBe("Von 9 bis 18 Uhr.");
});

test("applied again, nothing is to be done", () => {
  const plan = planApply([wanted()], [standing(wanted())], first(wanted()));
  expect(plan).toMatchObject({ insert: [], change: [], kept: [] });
  expect(plan.written).toEqual(first(wanted()));
});

test("what the company did not touch is brought up to date", () => {
  const newer = wanted({
    title: { de: "Öffnungszeiten", en: "Hours" },
    answers: { de: { text: "Von 8 bis 18 Uhr.", options: [] } },
    examples: [example("wann offen"), example("habt ihr auf")],
  });
  const there = standing(wanted());
  const { change, kept } = planApply([newer], [there], first(wanted()));
  expect(kept).toEqual([]);
  expect(change).toEqual([
    {
      id: there.id,
      intent: "hours",
      title: newer.title,
      answers: newer.answers,
      addExamples: [example("habt ihr auf")],
      removeExamples: [there.examples[1]?.id],
    },
  ]);
});

test("an answer that the company changed stays, and still stays the next time", () => {
  const newer = wanted({ answers: { de: { text: "Von 8 bis 18 Uhr.", options: [] } } });
  const own = standing(wanted(), { answers: { de: { text: "Nach Absprache.", options: [], isOwn: false } } });
  const plan = planApply([newer], [own], first(wanted()));
  expect(plan.change).toEqual([]);
  expect(plan.kept).toEqual([{ intent: "hours", part: "answer" }]);
  expect(planApply([newer], [own], plan.written).kept).toEqual(plan.kept);
});

test("an answer with a picture or a link is the company's own", () => {
  const newer = wanted({ answers: { de: { text: "Von 8 bis 18 Uhr.", options: [] } } });
  const own = standing(wanted(), {
    answers: { de: { text: "Von 9 bis 18 Uhr.", options: [], isOwn: true } },
  });
  expect(planApply([newer], [own], first(wanted())).change).toEqual([]);
});

test("a topic or an example that the company removed does not come back", () => {
  const gone = planApply([wanted()], [], first(wanted()));
  expect(gone.insert).toEqual([]);
  expect(gone.kept).toEqual([{ intent: "hours", part: "topic" }]);
  const there = standing(wanted(), { examples: [{ ...example("wann offen"), id: 7, isTaught: false }] });
  expect(planApply([wanted()], [there], first(wanted())).change).toEqual([]);
});

test("a topic of the company's own keeps its answer and gets the examples", () => {
  const own = standing(wanted(), {
    title: { de: "Unsere Zeiten", en: "" },
    answers: { de: { text: "Immer.", options: [], isOwn: false } },
    examples: [],
  });
  const { change, kept, written } = planApply([wanted()], [own], {});
  expect(change).toMatchObject([{ answers: {}, addExamples: wanted().examples }]);
  expect(change[0]).not.toHaveProperty("title");
  expect(kept).toEqual([]);
  expect(planRemove(written, [standing(wanted(), { ...own, examples: [] })], []).topics).toEqual([]);
});

test("an example that stands in another topic is not taught twice", () => {
  const other = standing(wanted({ intent: "holidays", examples: [example("Öffnungszeiten?")] }));
  expect(planApply([wanted()], [other], {}).insert[0]?.examples).toEqual([example("wann offen")]);
});

test("a second pack shares the topic of the first; each one's examples go with it", () => {
  const there = standing(wanted());
  const second = wanted({ examples: [example("wann offen"), example("sprechzeiten")] });
  const plan = planApply([second], [there], {});
  expect(plan.change).toMatchObject([
    { answers: {}, addExamples: [example("sprechzeiten")], removeExamples: [] },
  ]);
  const both = standing(wanted(), {
    examples: [...there.examples, { ...example("sprechzeiten"), id: 99, isTaught: false }],
  });
  const left = planRemove(first(wanted()), [both], [plan.written]);
  expect(left).toMatchObject({ topics: [], kept: ["hours"] });
  expect(left.examples).toEqual(both.examples.filter(({ id }) => id !== 99).map(({ id }) => id));
});

test("what two packs have in common is of both, and goes with the second that goes", () => {
  const there = standing(wanted());
  const one = first(wanted());
  const { change, written } = planApply([wanted()], [there], {}, [one]);
  expect(change).toEqual([]);
  expect(written).toEqual(one);
  expect(planRemove(one, [there], [written])).toEqual({ topics: [], examples: [], kept: ["hours"] });
  expect(planRemove(written, [there], []).topics).toEqual([there.id]);
});

test("a fact that the other pack has filled in already is no change of the company's", () => {
  const newer = wanted({ answers: { de: { text: "Von 8 bis 18 Uhr.", options: [] } } });
  const plan = planApply([newer], [standing(newer)], first(wanted()));
  expect(plan).toMatchObject({ change: [], kept: [] });
  expect(plan.written.hours?.answers).toEqual(newer.answers);
});

test("removed, a pack takes what nobody touched, and leaves what the company or a customer wrote", () => {
  const there = standing(wanted());
  expect(planRemove(first(wanted()), [there], [])).toEqual({ topics: [there.id], examples: [], kept: [] });
  const taught = standing(wanted());
  const said = { ...example("macht ihr mittags zu"), id: 77, isTaught: true };
  const withPerson = { ...taught, examples: [...taught.examples, said] };
  const plan = planRemove(first(wanted()), [withPerson], []);
  expect(plan.topics).toEqual([]);
  expect(plan.kept).toEqual(["hours"]);
  expect(plan.examples).not.toContain(77);
  expect(plan.examples).toHaveLength(2);
});
