import { sql } from "kysely";
import { type House, isFromBeforeRestore, jsonText, lockTurn, type Timer } from "#kernel";
import { requestOf, statementAt } from "../flow-text/index.ts";
import { giveUpCall } from "../flows/lost-call.ts";
import { readScene, type Scene, teamWords } from "../flows/scene.ts";
import {
  afterTry,
  FLOW_CALL,
  type OpenRun,
  openRun,
  servedStored,
  tellPosted,
  withFacts,
} from "../flows/stored.ts";
import type { Hours, Outside } from "../ports.ts";
import { flowCacheOf } from "./flow-cache.ts";
import { applyLater, tellTeam } from "./flow-effects.ts";
import { signatureOf, signingKey } from "./flow-signature.ts";
import { type FlowTx, inFlows } from "./flow-tables.ts";
import type { KnowledgeCache } from "./knowledge-cache.ts";

/** Asks a company's service after the turn that wanted it, and goes on with the flow. */

export interface CallParts extends Outside {
  readonly cache: KnowledgeCache;
  readonly hours: Hours;
}

/** Without a way outside every call takes its fallback. */
export const nothingOutside: Outside = {
  services: { ask: async () => ({ failed: "unreachable" }) },
  secrets: async () => "",
  letters: { read: () => null, textOfHtml: () => "" },
  pages: { fetch: async () => ({ failed: "unreachable" }) },
};

/** Calls of companies' services at once. A call may take 20 s and holds no connection to the database meanwhile. */
export const CALL_PLACES = { all: 32, perTenant: 2 } as const;

/** A node that dies in the middle of a call so often does not send it again; a POST is sent twice at most. */
const MOST_CRASHES = { GET: 2, POST: 1 } as const;
const BETWEEN_TRIES_MS = 1_000;

/**
 * The timer of a call. Repeatable: what the customer has left meanwhile is left alone. What was posted all the same is
 * told to the team.
 */
export function flowCalls(house: House, parts: CallParts): (timer: Timer) => Promise<void> {
  return async (timer) => {
    const { tenantId } = timer;
    await parts.cache.prepare([tenantId]);
    const isPost = timer.payload.post === true;
    const mayBePosted = isPost && (await isFromBeforeRestore(house, askedBy(timer)));
    const before = await inFlows(house, tenantId, async (tx) => {
      const place = await readPlace(house, tx, timer, parts);
      const run = place && runOf(place, timer);
      if (place && run && mayBePosted) await leaveToPerson(house, tx, timer, place);
      else if (place && run) return { run, place };
      else if (place && isPost) await tellUnsent(tx, timer, place);
      return null;
    });
    if (!before) return;
    const answer = await askService(before, timer, parts);
    await inFlows(house, tenantId, async (tx) => {
      const place = await readPlace(house, tx, timer, parts);
      const run = place && runOf(place, timer);
      if (place && !run && isPost) {
        await dropTimer(tx, timer);
        const text = tellPosted(place.scene, before.run, answer);
        return tellTeam(tx, { turn: place.scene.turn, state: place.state, text });
      }
      if (!place || !run || run.state.calling !== before.run.state.calling) return;
      const { scene } = place;
      const decision = servedStored(scene, run, answer);
      if (!decision) return tryAgain(tx, timer, { run, now: house.clock.now() });
      await dropTimer(tx, timer);
      await applyLater(house, tx, {
        turn: scene.turn,
        decision: { ...decision, language: scene.language },
      });
    });
  };
}

export interface Place {
  readonly state: string;
  readonly scene: Scene;
}

interface OpenCall {
  readonly run: OpenRun;
  readonly place: Place;
}

/** Locks the conversation. @returns null when it is gone */
export async function readPlace(
  house: House,
  tx: FlowTx,
  timer: Timer,
  parts: CallParts,
): Promise<Place | null> {
  const { tenantId } = timer;
  const place = await lockTurn(house, tx, askedBy(timer));
  if (!place) return null;
  const { turn, state } = place;
  const { flow } = turn.conversation;
  const flows = flowCacheOf(house);
  await flows.prepare([tenantId], flow ? [{ tenantId, flow }] : []);
  const known = { ...parts.cache.known(tenantId), flows: flows.of(tenantId) };
  return { state, scene: readScene(turn, known, parts.hours) };
}

/** @returns null when the conversation does not wait for this call any more */
export function runOf({ state, scene }: Place, timer: Timer): OpenRun | null {
  const run = state === "bot" ? openRun(scene) : null;
  if (run === null || run === "lost" || run.state.calling === 0) return null;
  return run.call === String(timer.payload.messageId) ? run : null;
}

/** The message that made the call. */
function askedBy({ tenantId, payload }: Timer) {
  return { tenantId, conversationId: Number(payload.conversationId), messageId: String(payload.messageId) };
}

/** The call stood in a backup that was restored: since then it may have been posted, and nobody here knows. */
async function leaveToPerson(house: House, tx: FlowTx, timer: Timer, { scene }: Place): Promise<void> {
  await dropTimer(tx, timer);
  const decision = { ...withFacts(scene, giveUpCall(scene)), language: scene.language };
  await applyLater(house, tx, { turn: scene.turn, decision });
  const text = teamWords(scene, "callUnknown");
  await tellTeam(tx, { turn: scene.turn, state: "waiting", text });
}

/** The flow was left before the request went out, or a process died while it did. */
async function tellUnsent(tx: FlowTx, timer: Timer, { scene, state }: Place): Promise<void> {
  const mayBeSent = timer.attempts > 1 || timer.payload.sent === true;
  await dropTimer(tx, timer);
  const text = teamWords(scene, mayBeSent ? "callUnknown" : "callUnsent");
  await tellTeam(tx, { turn: scene.turn, state, text });
}

/** With what it brought about: a crash after the commit does not bring it about twice. */
async function dropTimer(tx: FlowTx, { tenantId, kind, key, payload }: Timer): Promise<void> {
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = ${kind} and key = ${key}
    and payload ->> 'messageId' = ${String(payload.messageId)}`.execute(tx);
}

async function askService({ run, place }: OpenCall, timer: Timer, { services, secrets }: CallParts) {
  const { flow, state, call: key } = run;
  const call = statementAt(flow.document, state);
  if (call?.kind !== "call") return { failed: "bad_address" };
  if (timer.attempts > 1 + MOST_CRASHES[call.method]) return { failed: "gave_up" };
  const { method, url, body, timeoutMs } = requestOf(call, state.values);
  const at = place.scene.turn.now;
  const signature = signatureOf(await signingKey(secrets, timer.tenantId), { method, url, body, at });
  return services.ask({ method, url, body, timeoutMs, key: `${key}.${state.step}.${state.at}`, signature });
}

async function tryAgain(
  tx: FlowTx,
  timer: Timer,
  { run, now }: { run: OpenRun; now: number },
): Promise<void> {
  const due = new Date(now + BETWEEN_TRIES_MS * run.state.calling);
  const data = jsonText(afterTry(run));
  await sql`update kernel.conversation set flow = jsonb_set(flow, '{data}', ${data}::jsonb)
    where tenant_id = ${timer.tenantId} and id = ${Number(timer.payload.conversationId)}`.execute(tx);
  // Its due time moves, so the runner leaves it standing.
  await sql`update kernel.timer set due_at = ${due}, attempts = 0, payload = payload || '{"sent":true}'::jsonb
    where tenant_id = ${timer.tenantId} and kind = ${FLOW_CALL} and key = ${timer.key}`.execute(tx);
}
