import { sql } from "kysely";
import type { FlowState, House, Language, Timer, Turn } from "#kernel";
import { requestOf, statementAt } from "../flow-text/index.ts";
import { readScene, type Scene } from "../flows/scene.ts";
import { afterTry, FLOW_CALLS, flowCall, type OpenRun, openRun, servedStored } from "../flows/stored.ts";
import type { Hours, Outside } from "../ports.ts";
import { flowCacheOf } from "./flow-cache.ts";
import { applyLater } from "./flow-effects.ts";
import { signatureOf, signingKey } from "./flow-signature.ts";
import { type FlowTx, inFlows } from "./flow-tables.ts";
import type { KnowledgeCache } from "./knowledge-cache.ts";
import { settleTurn } from "./turns.ts";

/** Asks a company's service after the turn that wanted it, and goes on with the flow. */

export interface CallParts extends Outside {
  readonly cache: KnowledgeCache;
  readonly hours: Hours;
}

/** Without a way outside every call takes its fallback. */
export const nothingOutside: Outside = {
  services: { ask: async () => ({ failed: "unreachable" }) },
  secrets: async () => "",
};

/** A node that dies in the middle of a call so often does not send it again. */
const MOST_CRASHES = 3;
const BETWEEN_TRIES_MS = 1_000;

interface Place {
  readonly state: string;
  readonly language: Language;
  readonly topic: string | null;
  readonly flow: FlowState | null;
  readonly channel_id: number;
  readonly contact_id: number;
  readonly name: string;
  readonly kind: string;
}

/** The timers of calls, by their lanes. */
export function flowCalls(
  house: House,
  parts: CallParts,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  const run = callOf(house, parts);
  return Object.fromEntries(FLOW_CALLS.map((kind) => [kind, run]));
}

/** Repeatable: what the customer has left meanwhile is left alone. */
function callOf(house: House, parts: CallParts): (timer: Timer) => Promise<void> {
  return async (timer) => {
    const { tenantId } = timer;
    await parts.cache.prepare([tenantId]);
    await flowCacheOf(house).prepare([tenantId]);
    const before = await inFlows(house, tenantId, (tx) => openCall(house, tx, timer, parts));
    if (!before) return;
    const answer = await askService(before, timer, parts);
    await inFlows(house, tenantId, async (tx) => {
      const open = await openCall(house, tx, timer, parts);
      if (!open || open.run.state.calling !== before.run.state.calling) return;
      const decision = servedStored(open.scene, open.run, answer);
      if (decision) {
        const { turn } = open.scene;
        await settleTurn(tx, turn, decision);
        return applyLater(house, tx, { turn, effects: decision.effects, hours: parts.hours });
      }
      await tryAgain(tx, timer, { run: open.run, now: house.clock.now() });
    });
  };
}

interface OpenCall {
  readonly scene: Scene;
  readonly run: OpenRun;
}

/** @returns null when the conversation does not wait for this call any more */
async function openCall(house: House, tx: FlowTx, timer: Timer, parts: CallParts): Promise<OpenCall | null> {
  const conversationId = Number(timer.payload.conversationId);
  const { rows } = await sql<Place>`
    select v.state, v.language, v.topic, v.flow, v.channel_id, v.contact_id, c.name, h.kind
    from kernel.conversation v
    join kernel.contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
    join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    where v.tenant_id = ${timer.tenantId} and v.id = ${conversationId} for update of v`.execute(tx);
  const [place] = rows;
  if (place?.state !== "bot") return null;
  const turn: Turn = {
    tenant: await house.profile(timer.tenantId),
    now: house.clock.now(),
    channel: { id: place.channel_id, kind: place.kind },
    contact: { id: place.contact_id, name: place.name },
    conversation: { id: conversationId, language: place.language, flow: place.flow, topic: place.topic },
    message: { id: String(timer.payload.messageId), content: { type: "text", text: "" }, text: "" },
    late: false,
    recent: [],
  };
  const known = { ...parts.cache.known(timer.tenantId), flows: flowCacheOf(house).of(timer.tenantId) };
  const scene = readScene(turn, known, parts.hours);
  const run = openRun(scene);
  if (run === null || run === "lost" || run.state.calling === 0 || run.call !== turn.message.id) return null;
  return { scene, run };
}

async function askService({ run, scene }: OpenCall, timer: Timer, { services, secrets }: CallParts) {
  const { flow, state, call: key } = run;
  const call = statementAt(flow.document, state);
  if (call?.kind !== "call") return { failed: "bad_address" };
  if (timer.attempts > MOST_CRASHES) return { failed: "gave_up" };
  const { method, url, body, timeoutMs } = requestOf(call, state.values);
  const at = scene.turn.now;
  const signature = signatureOf(await signingKey(secrets, timer.tenantId), { method, url, body, at });
  return services.ask({ method, url, body, timeoutMs, key: `${key}.${state.step}.${state.at}`, signature });
}

async function tryAgain(
  tx: FlowTx,
  timer: Timer,
  { run, now }: { run: OpenRun; now: number },
): Promise<void> {
  const due = new Date(now + BETWEEN_TRIES_MS * run.state.calling);
  const data = JSON.stringify(afterTry(run));
  await sql`update kernel.conversation set flow = jsonb_set(flow, '{data}', ${data}::jsonb)
    where tenant_id = ${timer.tenantId} and id = ${Number(timer.payload.conversationId)}`.execute(tx);
  // Its due time moves, so the runner leaves it standing.
  await sql`update kernel.timer set due_at = ${due}, attempts = 0
    where tenant_id = ${timer.tenantId} and kind = ${flowCall(timer.tenantId)} and key = ${timer.key}`.execute(
    tx,
  );
}
