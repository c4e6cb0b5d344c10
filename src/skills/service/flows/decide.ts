import type { Effect } from "#kernel";
import { isSoftStop, readEmergency, soundsAngry } from "../rules/index.ts";
import { answerBoth, answerTopic, handOverUnfilled, sayBetween } from "./answer.ts";
import { startCallback } from "./callback.ts";
import {
  askToDescribe,
  declineAll,
  declinesRest,
  offer,
  offerRest,
  offerSeveral,
  openChoice,
  readChoice,
  withoutDeclined,
} from "./choices.ts";
import { answerCourtesy, greet } from "./courtesy.ts";
import { LOOKUP_ORDER, passTo } from "./elsewhere.ts";
import { followUp } from "./follow-up.ts";
import { handOver } from "./hand-over.ts";
import { type Judgement, judge, read } from "./judge.ts";
import type { KnownTopic } from "./knowledge.ts";
import { CALL_ID, ELSE_ID, PERSON_ID } from "./option-ids.ts";
import { isBareOrderNumber, takeOrder } from "./order.ts";
import { type Decision, type Scene, words } from "./scene.ts";
import type { Steps } from "./steps.ts";

/** The flows of the house and of the company, which this order of decisions does not know one by one. */
export interface Ways {
  begin(scene: Scene, topic: KnownTopic): Decision;
  /** Does the topic open a flow, rather than only answer? */
  hasFlow(scene: Scene, topic: KnownTopic): boolean;
  readonly steps: readonly Steps[];
}

/** What interrupts no open step: yes and no belong to the step. */
const COURTESIES: ReadonlySet<string> = new Set(["greeting", "thanks", "goodbye", "who"]);

/** "?" and "…" say that somebody waits, not for what. */
const WORDS = /[\p{L}\p{N}]/u;

export function decideNow(scene: Scene, ways: Ways): Decision {
  const open = openSteps(scene, ways);
  // A flow may ask for a photo: it sees what has no words before a person does.
  const silent = (isSilent(scene) && open?.take(scene)) || decideWithoutText(scene);
  if (silent) return silent;
  const emergency = readEmergency(scene.text, scene.bare);
  if (emergency) return handOver(scene, { reason: "emergency", key: emergency });
  if (scene.request === "person") return toPerson(scene, open);
  if (scene.request === "upset") return handOver(scene, { reason: "complaint", key: "upset" });
  if (scene.request === "wait")
    return { effects: open?.resume(scene) ?? [{ do: "say", text: words(scene, "acknowledged") }] };
  // "Egal" may be an answer to what was asked; "abbrechen" is none.
  const taken = isSoftStop(scene.bare) ? (open?.take(scene) ?? changeOfMind(scene, open)) : null;
  const changed = taken ?? changeOfMind(scene, open) ?? (open && takeOpen(scene, open));
  if (changed) return changed;
  if (scene.request === "callback" || isTapOn(scene, CALL_ID)) return startCallback(scene);
  if (declinesRest(scene)) return { effects: [{ do: "say", text: words(scene, "acknowledged") }] };
  const chosen = readChoice(scene);
  if (chosen === PERSON_ID) return toPerson(scene, open);
  if (chosen === ELSE_ID) return declineAll(scene);
  if (chosen !== undefined) return turnTo(scene, chosen, ways);
  if (isBareOrderNumber(scene)) return withRegister(scene, takeOrder(scene));
  if (scene.request === "notHelped") return regret(scene);
  if (!WORDS.test(scene.text) && !scene.request && !hasOpenFlow(scene))
    return askToDescribe(scene, "describe");
  const isCourtesy = !hasOpenFlow(scene) || COURTESIES.has(scene.request ?? "");
  return (
    (isCourtesy ? courtesyBeside(scene, open) : null) ??
    (open ? null : followUp(scene)) ??
    classify(scene, ways)
  );
}

/** A number by itself asks what became of the order, unless something else was talked about. */
function withRegister(scene: Scene, otherwise: Decision): Decision {
  const { topics } = scene.knowledge;
  const topic = topics.get(scene.turn.conversation.topic ?? "");
  const isAsked = topic
    ? topic.flow === LOOKUP_ORDER
    : [...topics.values()].some((one) => one.flow === LOOKUP_ORDER);
  if (!isAsked) return otherwise;
  const { effects } = otherwise;
  return { ...otherwise, effects: [passTo(scene, LOOKUP_ORDER, { otherwise: effects })] };
}

/** "Ok, danke" is a yes where a yes was asked for, and thanks elsewhere. */
function takeOpen(scene: Scene, open: Steps): Decision | null {
  const taken = open.take(scene);
  if (taken || scene.request !== "thanks" || !AGREES.test(scene.bare)) return taken;
  return open.take({ ...scene, request: "yes" });
}

const AGREES = /^(?:ok|okay|super|prima|perfekt|alles klar|gut|passt|great|perfect|cool|toll|top)\b/;

/** A polite word beside an open step: it is answered, and the step stays open. */
function courtesyBeside(scene: Scene, open: Steps | undefined): Decision | null {
  const decision = answerCourtesy(scene);
  const goingOn = decision && open?.resume(scene);
  return decision && goingOn
    ? { ...decision, effects: [...decision.effects.map(withoutOptions), ...goingOn] }
    : decision;
}

function toPerson(scene: Scene, open: Steps | undefined): Decision {
  return open?.toPerson?.(scene) ?? handOver(scene, { reason: "asked", key: "asked" });
}

function isSilent({ text, turn }: Scene): boolean {
  return text === "" && turn.message.content.type !== "choice";
}

function isTapOn({ turn }: Scene, id: string): boolean {
  const { content } = turn.message;
  return content.type === "choice" && content.id === id;
}

function hasOpenFlow({ turn }: Scene): boolean {
  const { flow } = turn.conversation;
  return flow?.skill === "service" && flow.flow !== "";
}

function openSteps({ turn }: Scene, ways: Ways): Steps | undefined {
  const { flow } = turn.conversation;
  return flow?.skill === "service" ? ways.steps.find((steps) => steps.owns(flow)) : undefined;
}

/** Without words there is nothing to classify: people look at pictures, a sticker is a greeting. */
function decideWithoutText(scene: Scene): Decision | null {
  if (!isSilent(scene)) return null;
  if (scene.turn.message.content.type === "sticker") return greet(scene);
  return handOver(scene, { reason: "media", key: "media" });
}

/** "Cancel" and "back" in the middle of something. */
function changeOfMind(scene: Scene, open: Steps | undefined): Decision | null {
  if (!hasOpenFlow(scene)) return null;
  if (scene.request === "stop") return open?.stop?.(scene) ?? stopped(scene);
  if (scene.request !== "back") return null;
  return open ? (open.back(scene) ?? stopped(scene)) : askToDescribe(scene, "describe");
}

function stopped(scene: Scene): Decision {
  return { effects: [{ do: "say", text: words(scene, "stopped") }, { do: "endFlow" }] };
}

/** Nobody is told twice to find other words: the second time a person answers. */
function regret(scene: Scene): Decision {
  const decision = hasOpenFlow(scene)
    ? handOver(scene, { reason: "unsure", key: "unsure" })
    : askToDescribe(scene, "notHelped");
  return { ...decision, notHelped: true };
}

/** Where a flow is open, an answer is given beside it and the flow goes on; another flow takes its place. */
function turnTo(scene: Scene, topic: KnownTopic, ways: Ways): Decision {
  const open = openSteps(scene, ways);
  if (!open || topic.isUnfilled || ways.hasFlow(scene, topic)) return ways.begin(scene, topic);
  const again = open.resume(scene);
  if (!again) return ways.begin(scene, topic);
  return { effects: [sayBetween(scene, topic), ...again], asked: topic.intent, answered: topic.intent };
}

function classify(scene: Scene, ways: Ways): Decision {
  const left = withoutDeclined(scene);
  const judgement = together(left) ?? judge(left);
  const confidence = judgement?.guess && { confidence: judgement.guess.confidence };
  if (judgement?.zone === "answer") return { ...answer(scene, judgement, ways), ...confidence };
  // Whoever is angry is not asked to choose.
  if (soundsAngry(scene.text))
    return { ...handOver(scene, { reason: "complaint", key: "upset" }), ...confidence };
  const open = openSteps(scene, ways);
  if (open) return open.miss(scene);
  const isSecondTime = openChoice(scene) !== null;
  if (judgement?.zone === "choose" && !isSecondTime)
    return { ...offer(scene, judgement.choices), ...confidence };
  return { ...giveUp(scene, judgement), ...confidence };
}

/** "Retour", and after the choices "Wie lange habe ich Zeit?": two halves of one question. */
function together(scene: Scene): Judgement | null {
  const question = openChoice(scene)?.question ?? "";
  if (question === "") return null;
  const alone = judge(scene);
  if (alone?.zone === "answer") return alone;
  const both = read(scene, `${question} ${scene.text}`);
  return both.zone === "answer" ? { ...both, several: [], rest: null } : alone;
}

/** One question is answered, two are; of more, and of two that open flows, the customer says which comes first. */
function answer(scene: Scene, { first, several, rest }: Judgement, ways: Ways): Decision {
  if (several.length > 1) return answerSeveral(scene, several, ways);
  if (!first) return giveUp(scene, null);
  const decision = turnTo(scene, first, ways);
  const isWaiting = decision.effects.some((effect) => effect.do === "ask" || effect.do === "handOver");
  if (!rest || isWaiting) return decision;
  return { ...decision, effects: [...decision.effects.map(withoutOptions), offerRest(scene, rest)] };
}

function answerSeveral(scene: Scene, topics: readonly KnownTopic[], ways: Ways): Decision {
  const [flowing, plain] = [true, false].map((opens) =>
    topics.filter((topic) => ways.hasFlow(scene, topic) === opens),
  ) as [KnownTopic[], KnownTopic[]];
  const unfilled = plain.find((topic) => topic.isUnfilled);
  if (unfilled) return handOverUnfilled(scene, unfilled);
  const [one, two] = plain;
  if (!one || topics.length > 2) return offerSeveral(scene, topics);
  const counted = { asked: one.intent, answered: one.intent };
  const [opening] = flowing;
  const goingOn = opening ? ways.begin(scene, opening).effects : openSteps(scene, ways)?.resume(scene);
  if (goingOn)
    return { ...counted, effects: [...plain.map((topic) => sayBetween(scene, topic)), ...goingOn] };
  return two ? answerBoth(scene, one, two) : ways.begin(scene, one);
}

function withoutOptions(effect: Effect): Effect {
  if (effect.do !== "say") return effect;
  const { options: _, ...say } = effect;
  return say;
}

function giveUp(scene: Scene, judgement: Judgement | null): Decision {
  const unsure = judgement?.zone === "choose";
  const guess = judgement?.guess;
  const decision = handOver(scene, {
    reason: unsure ? "unsure" : "unknown",
    key: unsure ? "unsure" : "unknown",
    guess,
    needed: judgement ? scene.model?.answerAt : undefined,
  });
  return {
    ...decision,
    unanswered: { question: scene.text, guess: guess?.intent ?? null, confidence: guess?.confidence ?? null },
  };
}

/** An older message than one already answered: it moves no step; it is answered when sure, seen by a person when not. */
export function decideLate(scene: Scene): Decision {
  const emergency = readEmergency(scene.text, scene.bare);
  if (emergency) return handOver(scene, { reason: "emergency", key: emergency });
  if (scene.request === "upset") return handOver(scene, { reason: "complaint", key: "upset" });
  if (scene.request === "person") return handOver(scene, { reason: "asked", key: "asked" });
  // The answer it speaks of may be any of those since: a person reads them all.
  if (scene.request === "notHelped")
    return { ...handOver(scene, { reason: "late", key: "asked" }), notHelped: true };
  if (scene.request !== undefined && scene.request !== "callback") return { effects: [] };
  const chosen = scene.text === "" ? undefined : readChoice(scene);
  if (typeof chosen === "object") return answerTopic(scene, chosen);
  // A tap on something else that was answered meanwhile.
  if (scene.turn.message.content.type === "choice" && chosen !== PERSON_ID) return { effects: [] };
  const judgement = scene.text === "" ? null : judge(scene);
  if (judgement?.first && judgement.zone === "answer") return answerTopic(scene, judgement.first);
  return handOver(scene, {
    reason: "late",
    key: "asked",
    guess: judgement?.guess,
    needed: scene.model?.answerAt,
  });
}
