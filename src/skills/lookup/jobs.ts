import { randomBytes, randomInt } from "node:crypto";
import { type House, isFromBeforeRestore, lockTurn, setTimer, type Timer } from "#kernel";
import type { Answered } from "./adapters/asking.ts";
import { registers } from "./adapters/index.ts";
import type { LookupRecord } from "./api/record.ts";
import { FAULTS, type Fault } from "./api/record.ts";
import { CALL, type Call, call as callOf } from "./flows/wish.ts";
import type { Outside } from "./ports.ts";
import { isOpen } from "./rules/breaker.ts";
import { CODE_DIGITS } from "./rules/limits.ts";
import { planCall } from "./store/asking.ts";
import type { Counting } from "./store/attempts.ts";
import { type ConnectionRow, circuitOf } from "./store/connections.ts";
import { sendCode } from "./store/offering.ts";
import { forgetOld } from "./store/personal.ts";
import { reachOf } from "./store/reach.ts";
import type { Result } from "./store/settlement.ts";
import { FORGET, settleCall } from "./store/settling.ts";
import { isCalledOff, speak } from "./store/speaking.ts";
import { inLookup } from "./store/tx.ts";
import { WATCH, watchFile } from "./store/watching.ts";

/** Looks up what somebody asked for, after the turn. The register is asked outside of any transaction. */

/** Name of the node's secret that keys what is counted and hashed here. */
const SECRET = "lookup";

const NO_CODE = 32;

export function lookupCalls(house: House, outside: Outside): (timer: Timer) => Promise<void> {
  return async (timer) => {
    const { tenantId } = timer;
    const call = callOf.parse(timer.payload);
    if (call.isStopped) return;
    const secret = await outside.secret(SECRET);
    const counting = (): Counting => ({ tenantId, secret, now: house.clock.now() });
    const plan = await inLookup(house, tenantId, async (tx) => {
      const planned = await planCall(house, tx, { timer, call, counting: counting() });
      if (planned && "outcome" in planned) await speak(house, tx, { ...planned, timer, call });
      return planned && "outcome" in planned ? null : planned;
    });
    if (!plan) return;
    const results = await Promise.all(
      plan.connections.map((connection) => askOne(house, outside, { tenantId, connection, call })),
    );
    const isOld = await isFromBeforeRestore(house, { tenantId, ...call });
    const sends = await inLookup(house, tenantId, async (tx) => {
      const place = await lockTurn(house, tx, { ...call, tenantId });
      if (place?.state !== "bot" || (await isCalledOff(tx, timer))) return [];
      const parts = {
        timer,
        call,
        plan,
        results,
        isOld,
        counting: counting(),
        newCode,
        noHash: randomBytes(NO_CODE),
      };
      const settled = await settleCall(house, tx, place, parts);
      await speak(house, tx, { place, timer, call, outcome: settled.outcome });
      return settled.sends;
    });
    for (const send of sends) await sendCode(house, tenantId, { call, send });
  };
}

const newCode = (): string => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");

async function askOne(
  house: House,
  outside: Outside,
  { tenantId, connection, call }: { tenantId: number; connection: ConnectionRow; call: Call },
): Promise<Result> {
  if (isOpen(circuitOf(connection), house.clock.now()))
    return { connection, wasAsked: false, answer: { failed: asFault(connection.fault), retryAfterMs: null } };
  const reach = reachOf(house, outside, {
    tenantId,
    connection,
    timeZone: (await house.profile(tenantId)).timeZone,
  });
  const answer: Answered<readonly LookupRecord[]> = await registers[connection.kind]
    .find(reach, { kind: call.kind, reference: call.reference })
    .catch((error: Error) => {
      house.log.error(
        { tenant: tenantId, connection: connection.id, error: error.message },
        "lookup: adapter failed",
      );
      return { failed: "changed" as const, retryAfterMs: null };
    });
  return { connection, wasAsked: true, answer };
}

const asFault = (text: string): Fault => FAULTS.find((one) => one === text) ?? "unreachable";

async function forget(house: House, { tenantId }: Timer): Promise<void> {
  await inLookup(house, tenantId, async (tx) => {
    const dueAt = await forgetOld(tx, tenantId, house.clock.now());
    if (dueAt !== null) await setTimer(tx, { tenantId, kind: FORGET, key: "all", dueAt });
  });
}

/** Questions of companies at once. One may take eight seconds and holds no connection to the database meanwhile. */
const PLACES = { all: 32, perTenant: 4 } as const;

/** kind -> what happens when it is due. */
export function lookupTimers(house: House, outside: Outside) {
  return {
    [CALL]: { run: lookupCalls(house, outside), places: PLACES },
    [FORGET]: (timer: Timer) => forget(house, timer),
    [WATCH]: (timer: Timer) => watchFile(house, outside, timer),
  };
}
