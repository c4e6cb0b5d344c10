import type { Judged, Origin } from "./calibration.ts";
import type { CrossValidation, Jury } from "./cross-validation.ts";
import { CHOICES, readEvidence, TOP } from "./evidence.ts";
import { type Lesson, STRANGER } from "./lesson.ts";
import { countFindings, type Reliability, reliabilityOf } from "./reliability.ts";

/**
 * The share of messages that belong to no topic, as the thresholds suppose it. Streams of published sets have 18 to
 * 20 %, three bots in use had 42 to 72 % (HINT3).
 */
export const STRANGER_SHARE = 0.2;
/** Fewer messages outside all topics than this say too little about the next one. */
const ENOUGH_GIVEN = 30;
/** How the share is divided. A neighbouring topic is the hardest stranger there is, so it counts little. */
const WITH_GIVEN: Shares = { given: 0.85, starter: 0.1, leftOut: 0.05 };
const WITHOUT_GIVEN: Shares = { given: 0, starter: 0.8, leftOut: 0.2 };
/** Of the supposed share, so much where no message out of scope was given: an owner who has met them gives some. */
const UNSEEN = 0.5;
type Shares = Readonly<Record<"given" | "starter" | "leftOut", number>>;

/** Everything that was judged by a model that had not seen it: the examples in the lesson's order, then the others. */
export function collectJudged(lesson: Lesson, validated: CrossValidation, messages: Jury): Judged[] {
  const { texts, leftOut, leftOutTexts, partition } = validated;
  const reliability = countFindings(lesson, texts.top);
  const own = (text: number, origin: Origin, weight: number) =>
    judge(texts, text, {
      reliability,
      label: lesson.labels[text] as number,
      fold: partition.groupOf[text] as number,
      origin,
      weight,
    });
  const examples = Array.from({ length: lesson.examples }, (_, text) => own(text, "examples", 1));
  const validation = lesson.validation.map(({ intent }, message) => {
    const label = lesson.intents.indexOf(intent);
    const fold = message % partition.groups;
    return judge(messages, message, { reliability, label, fold, origin: "messages", weight: 1 });
  });
  const strangers = [...lesson.kinds.keys()].filter((text) => lesson.kinds[text] === STRANGER);
  const starter = strangers.filter((text) => text < lesson.givenStrangers);
  const given = strangers.filter((text) => text >= lesson.givenStrangers);
  const isEnough = given.length >= ENOUGH_GIVEN;
  const shares = isEnough ? WITH_GIVEN : WITHOUT_GIVEN;
  const share = isEnough ? STRANGER_SHARE : UNSEEN * STRANGER_SHARE;
  const mass = ((examples.length + validation.length) * share) / (1 - share);
  const weigh = (origin: keyof Shares, count: number) => (mass * shares[origin]) / count;
  return [
    ...examples,
    ...validation,
    ...starter.map((text) => own(text, "starter", weigh("starter", starter.length))),
    ...given.map((text) => own(text, "given", Math.max(weigh("given", given.length), 0.1))),
    ...leftOutTexts.map((text) => {
      const weight = weigh("leftOut", leftOutTexts.length);
      const fold = partition.groupOf[text] as number;
      return judge(leftOut, text, { reliability, label: -2, fold, origin: "leftOut", weight });
    }),
  ];
}

interface About {
  readonly reliability: Reliability;
  /** The topic that was meant; none of the topics' positions when there is none. */
  readonly label: number;
  readonly fold: number;
  readonly origin: Origin;
  readonly weight: number;
}

function judge(jury: Jury, message: number, about: About): Judged {
  const { label, reliability, ...rest } = about;
  const found = jury.top.topics.subarray(TOP * message, TOP * message + CHOICES);
  const isFirstRight = found[0] === label;
  const own = about.origin === "examples" ? { isRight: isFirstRight } : undefined;
  const familiar = jury.familiar[message] as Jury["familiar"][number];
  const known = { ...familiar, reliability: reliabilityOf(reliability, found[0] ?? -1, own) };
  return {
    evidence: readEvidence(jury.top, message, known, jury.signs?.[message]),
    isFirstRight,
    isListed: found.includes(label),
    ...rest,
  };
}
