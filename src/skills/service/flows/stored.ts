import type { Effect } from "#kernel";
import {
  askAgain,
  backRun,
  canGoBack,
  continueRun,
  type Outcome,
  type RunContext,
  type RunState,
  repeatRun,
  type Said,
  type ServiceAnswer,
  type ServiceRequest,
  servedRun,
  showValue,
  startRun,
  statementAt,
  type Values,
} from "../flow-text/index.ts";
import { answerTopic, wordsOf } from "./answer.ts";
import { CALLBACK, startCallback } from "./callback.ts";
import { isElsewhere, passTo } from "./elsewhere.ts";
import { handOver } from "./hand-over.ts";
import { type KnownTopic, titleOf } from "./knowledge.ts";
import { CALL_LOST_MS, FLOW_WATCH, giveUpCall, isCallLost } from "./lost-call.ts";
import { memoryOf, withMemory } from "./memory.ts";
import { COLLECT_ORDER, startOrder } from "./order.ts";
import { type Decision, heard, type Scene, teamWords, words } from "./scene.ts";
import { detoursOf, MOST_DETOURS, questionOf, type Steps } from "./steps.ts";
import type { StoredFlow } from "./stored-flows.ts";

/** Where a flow that a company wrote becomes what this skill does: outcome of the runner -> effects. */

/** Flow state of a conversation in a stored flow. */
export const STORED = "stored";
/** Timer that asks a company's service after the turn. */
export const FLOW_CALL = "service_flow_call";
/** Flows that lead to each other without a question between. */
const MOST_HOPS = 5;
const NOTHING_SAID: Said = { text: "", optionId: null, request: null, photo: false };

/** What a conversation's flow state holds. */
export interface OpenRun {
  readonly flow: StoredFlow;
  readonly state: RunState;
  /** The topic that began it, or "". */
  readonly topic: string;
  /** The message whose turn asked the service. */
  readonly call: string;
  /** When that was, ms since the epoch; null in states from before it was kept. */
  readonly since: number | null;
  /** What the flow was opened with; the summary for the team quotes it. */
  readonly question: string;
}

/** The stored flow that stands open; null where none does, "lost" where its version is gone. */
export function openRun(scene: Scene): OpenRun | "lost" | null {
  const { flow } = scene.turn.conversation;
  if (flow?.skill !== "service" || flow.flow !== STORED) return null;
  const { id, version, state, topic, call, since, question } = flow.data;
  const found = scene.flows?.version(Number(id), Number(version));
  if (!found || typeof state !== "object" || state === null) return "lost";
  return {
    flow: found,
    state: state as RunState,
    topic: String(topic ?? ""),
    call: String(call ?? ""),
    since: typeof since === "number" ? since : null,
    question: String(question ?? ""),
  };
}

/** What a stored flow does while it is open. */
export const storedSteps: Steps = {
  owns: ({ flow }) => flow === STORED,
  take(scene) {
    const run = openRun(scene);
    if (run === null) return null;
    if (run === "lost") return handOver(scene, { reason: "flow", key: "unsure" });
    if (isOverdue(scene, run)) return giveUpCall(scene);
    if (run.state.calling > 0) return { effects: [openAgain(run, words(scene, "flowStillLooking"))] };
    const outcome = continueRun(run.flow.document, run.state, {
      said: saidIn(scene),
      context: contextOf(scene),
    });
    return outcome && decided(scene, run, outcome);
  },
  miss(scene) {
    const run = openRun(scene);
    if (run === null || run === "lost") return handOver(scene, { reason: "flow", key: "unsure" });
    return decided(scene, run, repeatRun(run.flow.document, run.state, contextOf(scene)));
  },
  resume(scene) {
    const run = openRun(scene);
    if (run !== null && run !== "lost" && run.state.calling > 0)
      return [openAgain(run, words(scene, "flowStillLooking"))];
    const detours = detoursOf(scene.turn.conversation.flow?.data ?? {});
    if (run === null || run === "lost" || detours >= MOST_DETOURS) return null;
    const { effects } = decided(scene, run, askAgain(run.flow.document, run.state, contextOf(scene)));
    // An answer to the question begins the count anew.
    return effects.map((effect) =>
      effect.do === "ask" ? { ...effect, data: { ...effect.data, detours: detours + 1 } } : effect,
    );
  },
  stop: alreadySent,
  back(scene) {
    const sent = alreadySent(scene);
    if (sent) return sent;
    const run = openRun(scene);
    if (run === null || run === "lost" || run.state.calling > 0) return null;
    if (!canGoBack(run.flow.document, run.state)) return null;
    return decided(scene, run, backRun(run.flow.document, run.state, contextOf(scene)));
  },
};

function isOverdue(scene: Scene, { state, since }: OpenRun): boolean {
  return state.calling > 0 && since !== null && isCallLost(since, scene.turn.now);
}

/** What is being posted cannot be taken back: nobody is told that it was. */
function alreadySent(scene: Scene): Decision | null {
  const run = openRun(scene);
  if (run === null || run === "lost" || !isPosting(run)) return null;
  if (isOverdue(scene, run)) return giveUpCall(scene);
  return { effects: [openAgain(run, words(scene, "flowSent"))] };
}

function isPosting({ flow, state }: OpenRun): boolean {
  if (state.calling === 0) return false;
  const call = statementAt(flow.document, state);
  return call?.kind === "call" && call.method === "POST";
}

/** Where the house hands over in the middle of a stored flow, the team reads what the flow has learnt. */
export function withFacts(scene: Scene, decision: Decision): Decision {
  const run = openRun(scene);
  if (run === null || run === "lost") return decision;
  const facts = [
    factsOf(scene, run.flow, run.state.values),
    isPosting(run) ? teamWords(scene, isOverdue(scene, run) ? "callUnknown" : "summaryPosting") : "",
  ]
    .filter((one) => one !== "")
    .join(" · ");
  const effects = decision.effects.map((effect) =>
    effect.do === "handOver" && facts !== "" && !effect.summary.includes(facts)
      ? { ...effect, summary: `${titleIn(scene, run.flow)} · ${facts} · ${effect.summary}` }
      : effect,
  );
  return { ...decision, effects };
}

/**
 * Begins the flow of a topic, or of the words that a customer typed. Inside that very flow a sentence about its topic is
 * an answer that was not understood; only a tap begins anew.
 */
export function startStored(scene: Scene, flow: StoredFlow, topic: KnownTopic | null): Decision {
  const run = openRun(scene);
  const isTap = scene.turn.message.content.type === "choice";
  if (run !== null && run !== "lost" && run.flow.id === flow.id && !isTap)
    return decided(scene, run, repeatRun(run.flow.document, run.state, contextOf(scene)));
  const outcome = startRun(flow.document, saidIn(scene), { context: contextOf(scene), heard: before(scene) });
  const decision = decided(scene, { flow, topic: topic?.intent ?? "", question: questionOf(scene) }, outcome);
  if (!topic) return decision;
  return {
    ...decision,
    effects: [{ do: "remember", topic: topic.intent }, ...decision.effects],
    asked: topic.intent,
    answered: topic.intent,
  };
}

/** What the customer said before the flow began: numbers of the whole conversation, everything of this matter. */
function before(scene: Scene): string[] {
  const { order, phone } = memoryOf(scene);
  return [order, phone, ...heard(scene)].filter((one) => one !== undefined);
}

/** The company's service answered, or did not. @returns null when it is to be asked again */
export function servedStored(scene: Scene, run: OpenRun, answer: ServiceAnswer): Decision | null {
  const outcome = servedRun(run.flow.document, run.state, { answer, context: contextOf(scene) });
  return outcome && withMemory(scene, decided(scene, run, outcome));
}

/** For the team: what became of something posted whose flow was left meanwhile. */
export function tellPosted(scene: Scene, { flow }: OpenRun, answer: ServiceAnswer): string {
  const about = { flow: titleIn(scene, flow) };
  if ("failed" in answer) return teamWords(scene, "callSilent", { ...about, why: answer.failed });
  const { status } = answer;
  return teamWords(scene, status >= 200 && status < 300 ? "callAccepted" : "callRefused", {
    ...about,
    status,
  });
}

/** The flow state after one more try of a call. */
export function afterTry(run: OpenRun): Readonly<Record<string, unknown>> {
  return dataOf(run, { ...run.state, calling: run.state.calling + 1 }, run);
}

export function contextOf({ language, turn, knowledge, hours }: Scene): RunContext {
  const { tenant, now } = turn;
  return {
    language,
    now,
    timeZone: tenant.timeZone,
    orderStyle: knowledge.orderStyle,
    isOpen: hours.isOpen(tenant, now),
  };
}

function saidIn({ turn, text, request }: Scene): Said {
  const { content } = turn.message;
  return {
    text,
    optionId: content.type === "choice" ? content.id : null,
    request: request === "yes" || request === "no" ? request : null,
    photo: content.type === "image" || content.type === "video" || content.type === "document",
  };
}

type Running = Pick<OpenRun, "flow" | "topic" | "question">;

// The hops are counted: a flow may lead to a flow that leads back.
function decided(scene: Scene, run: Running, outcome: Outcome, hops = 0): Decision {
  const { next } = outcome;
  const says = outcome.says.flatMap((one) => sayOf(scene, run, one));
  switch (next.kind) {
    case "wait":
      return { effects: asked(scene, says, dataOf(run, next.state, NO_CALL)) };
    case "call": {
      const { message, now } = scene.turn;
      const data = dataOf(run, next.state, { call: message.id, since: now });
      return { effects: [...asked(scene, says, data), ...later(scene, next.request)] };
    }
    case "done":
      return {
        effects: [
          ...(says.length > 0 ? says : [{ do: "say" as const, text: words(scene, "acknowledged") }]),
          { do: "endFlow" },
        ],
        settled: true,
      };
    case "person":
      return after(says, toPerson(scene, run, next));
    case "answer": {
      const topic = scene.knowledge.topics.get(next.intent);
      const answer = topic && answerTopic(scene, topic);
      return answer
        ? after(says, { ...answer, effects: [...answer.effects, { do: "endFlow" }] })
        : after(says, toPerson(scene, run, { values: {} }));
    }
    case "start":
      return after(says, enter(scene, run, { ...next, hops }));
  }
}

function enter(scene: Scene, run: Running, next: { flow: string; values: Values; hops: number }): Decision {
  const other = scene.flows?.named(next.flow);
  if (other && next.hops < MOST_HOPS) {
    const outcome = startRun(other.document, NOTHING_SAID, {
      context: contextOf(scene),
      values: next.values,
      heard: before(scene),
    });
    return decided(scene, { ...run, flow: other }, outcome, next.hops + 1);
  }
  if (next.flow === CALLBACK) return startCallback(scene);
  const topic = scene.knowledge.topics.get(run.topic);
  if (isElsewhere(next.flow)) {
    const { effects } = toPerson(scene, run, { values: next.values });
    const { order } = next.values;
    const reference = order === undefined ? {} : { reference: String(order) };
    return { effects: [passTo(scene, next.flow, { ...reference, otherwise: effects })] };
  }
  if (next.flow === COLLECT_ORDER && topic) return startOrder(scene, topic);
  return toPerson(scene, run, { values: next.values });
}

function after(says: readonly Effect[], decision: Decision): Decision {
  return { ...decision, effects: [...says, ...decision.effects] };
}

type CallTime = Pick<OpenRun, "call" | "since">;
const NO_CALL: CallTime = { call: "", since: null };

function dataOf(
  { flow, topic, question }: Running,
  state: RunState,
  { call, since }: CallTime,
): Readonly<Record<string, unknown>> {
  return { id: flow.id, version: flow.version, topic, question, call, since, state };
}

type Say = Extract<Effect, { do: "say" }>;

function sayOf(
  scene: Scene,
  { topic: intent }: Running,
  { text, options, link, isTopic }: Outcome["says"][number],
): Say[] {
  if (!isTopic) return [{ do: "say", text, ...(options && { options }), ...(link && { link }) }];
  const topic = scene.knowledge.topics.get(intent);
  if (!topic) return [];
  const { text: answer, answer: known } = wordsOf(scene, topic);
  return [
    {
      do: "say",
      text: answer,
      source: titleOf(topic, scene.language),
      ...(known?.link && { link: known.link }),
      ...(known?.fileId && { imageFileId: known.fileId }),
    },
  ];
}

/** The last thing said keeps the flow open; where nothing is said, that we are looking. */
function asked(scene: Scene, says: readonly Say[], data: Readonly<Record<string, unknown>>): Effect[] {
  const last = says.at(-1) ?? { do: "say", text: words(scene, "flowLooking") };
  return [...says.slice(0, -1), { ...last, do: "ask", flow: STORED, step: stepOf(data), data }];
}

function stepOf(data: Readonly<Record<string, unknown>>): string {
  return (data.state as RunState).step;
}

function openAgain(run: OpenRun, text: string): Effect {
  const data = dataOf(run, run.state, run);
  return { do: "ask", flow: STORED, step: run.state.step, data, text };
}

/** The call happens after this turn's transaction. It carries no personal data: they stand in the conversation. */
function later(scene: Scene, { method }: ServiceRequest): Effect[] {
  const { conversation, message, now } = scene.turn;
  const payload = { conversationId: conversation.id, messageId: message.id };
  const timer = { do: "schedule", key: String(conversation.id) } as const;
  return [
    { ...timer, kind: FLOW_CALL, dueAt: now, payload: { ...payload, post: method === "POST" } },
    // Outlives the call: whatever becomes of it, somebody answers the customer.
    { ...timer, kind: FLOW_WATCH, dueAt: now + CALL_LOST_MS, payload },
  ];
}

interface Passing {
  readonly text?: string | null;
  readonly summary?: string | null;
  readonly values: Values;
}

/** To a person, with what the flow has learnt in front of the usual summary. */
function toPerson(scene: Scene, { flow }: Running, { text, summary, values }: Passing): Decision {
  const decision = handOver(scene, { reason: "flow", key: "asked" });
  const facts = [
    flow.document.title[scene.turn.tenant.language] ?? flow.name,
    summary ?? factsOf(scene, flow, values),
  ];
  return {
    ...decision,
    effects: decision.effects.map((effect): Effect => {
      if (effect.do === "handOver")
        return { ...effect, summary: [...facts, effect.summary].filter((one) => one !== "").join(" · ") };
      return effect.do === "say" && text
        ? { ...effect, text: `${text} ${afterFirst(scene, effect.text ?? "")}`.trim() }
        : effect;
    }),
  };
}

/** When people answer, without the standard sentence before it. */
function afterFirst(scene: Scene, text: string): string {
  return text.slice(words(scene, "asked").length).trim();
}

function titleIn(scene: Scene, { document, name }: StoredFlow): string {
  return document.title[scene.turn.tenant.language] ?? name;
}

function factsOf(scene: Scene, { document }: StoredFlow, values: Values): string {
  const { language } = scene.turn.tenant;
  return Object.keys(values)
    .map((name) => `${name}: ${showValue(document, name, { values, language })}`)
    .join(", ");
}
