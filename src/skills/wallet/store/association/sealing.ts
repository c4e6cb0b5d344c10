import { setTimer, type Timer, type Tx, takeTimer } from "#kernel";
import { SEAL } from "../../rules/timer-kinds.ts";
import type { Decided, Job } from "../jobs.ts";
import { putJob } from "../jobs.ts";
import { inTenant, type Place } from "../tx.ts";
import { notePoint } from "./points.ts";

/** Once a day what is owed is published: the registrar seals, and customers check against it. */

const DAY_MS = 86_400_000;
/** Purpose of jobs that publish. */
export const SEALING = "seal";

/** The first one is due at once, so that whoever opens a wallet on the first day can check on the second. */
export async function beginSealing(tx: Tx, tenantId: number, now: number): Promise<void> {
  await setTimer(tx, { tenantId, kind: SEAL, key: "daily", dueAt: now });
}

export async function sealDaily(place: Place, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    await putJob(tx, {
      tenantId,
      ledgerTenantId: tenantId,
      signer: "registrar",
      operations: [{ kind: "seal", by: 0 }],
      purpose: SEALING,
      subject: "",
      now,
    });
    await setTimer(tx, { tenantId, kind: SEAL, key: "daily", dueAt: now + DAY_MS });
  });
}

export async function noteSeal(place: Place, { tenantId }: Job, { result }: Decided): Promise<void> {
  if (result === "applied") await notePoint(place, tenantId);
}
