import { createHash } from "node:crypto";
import { sql } from "kysely";
import { answerLater, type House, type Timer, takeTimer } from "#kernel";
import type { CourierEvent } from "../../api/courier-page.ts";
import { record } from "../../evening/record.ts";
import { COURIER, courierCall, RELAY, relayCall } from "../../flows/courier.ts";
import {
  type Answer,
  answerSaid,
  type Listener,
  planSaid,
  relayedWords,
} from "../../flows/courier-answers.ts";
import type { Within } from "../../plan/with-delivery.ts";
import { PROMISES, ROUNDS } from "../../rules/purposes.ts";
import { type CourierSaid, readCourierWords } from "../../rules/spoken/courier-words.ts";
import { readCourierPage } from "../courier-page.ts";
import { appendOwn } from "../happened.ts";
import { type DeliveryTx, inTenant, tell } from "../tx.ts";

/** What a courier wrote is recorded as the page would, then answered; a customer's answer goes to the courier. */

interface Place {
  readonly tenantId: number;
  readonly conversationId: number;
  readonly messageId: string;
}

/** kind -> what happens when it is due. One at a time of a company: "done" twice in a row means two doors. */
export function courierTimers(within: Within) {
  const places = { all: 8, perTenant: 1 } as const;
  return {
    [COURIER]: { run: (timer: Timer) => courierLater(within, timer), places },
    [RELAY]: { run: (timer: Timer) => relayLater(within.house, timer), places },
  };
}

/** The same message is the same event, however often its timer runs. */
function keyOf({ tenantId, conversationId, messageId }: Place, part = ""): string {
  const hash = createHash("sha256")
    .update(`${tenantId} ${conversationId} ${messageId} ${part}`)
    .digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

async function courierLater(within: Within, timer: Timer): Promise<void> {
  const { house } = within;
  const call = courierCall.parse(timer.payload);
  const { tenantId } = timer;
  const said = readCourierWords(call.text);
  const place = { ...call, tenantId };
  const answer = said && (await answerOf(within, place, said));
  await inTenant(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer)) || !answer) return;
    await answerLater(house, tx, {
      ...atOf(place),
      purpose: ROUNDS,
      content: { type: "text", ...answer },
      now: house.clock.now(),
    });
  });
}

interface Called extends Place {
  readonly courierId: number;
  readonly shiftId: number;
  /** ms */
  readonly at: number;
}

async function answerOf(within: Within, called: Called, said: CourierSaid): Promise<Answer | null> {
  const { house } = within;
  const { tenantId, courierId, shiftId } = called;
  const { name, language } = await inTenant(house, tenantId, (tx) => readCourier(tx, called));
  const read = async () => {
    const page = await readCourierPage(house, { tenantId, courierId, name, language });
    return { shift: page.shifts.find(({ id }) => id === shiftId), form: page.courier.formOfAddress };
  };
  const { shift, form } = await read();
  if (!shift) return null;
  const listener: Listener = { language, form };
  const known = await inTenant(house, tenantId, (tx) => recordedStop(tx, tenantId, keyOf(called, "0")));
  if (known) {
    // Recorded before this process died: only the answer is left.
    const stop = shift.stops.find(({ deliveryId }) => deliveryId === known.deliveryId) ?? null;
    return answerSaid({ said, stop, why: null }, shift, listener);
  }
  const planned = planSaid(said, shift, listener);
  if ("answer" in planned) return planned.answer;
  const events = planned.events.map(
    (draft, n): CourierEvent =>
      ({
        ...draft,
        shiftId,
        key: keyOf(called, String(n)),
        at: new Date(called.at).toISOString(),
      }) as CourierEvent,
  );
  const results = await record(within, { tenantId, by: "courier", courierId }, events);
  const why = results.find(({ outcome }) => outcome === "refused")?.why ?? null;
  const after = (await read()).shift ?? shift;
  return answerSaid({ said, stop: planned.stop, why }, after, listener);
}

async function readCourier(
  tx: DeliveryTx,
  { tenantId, courierId }: { readonly tenantId: number; readonly courierId: number },
): Promise<{ name: string; language: "de" | "en" }> {
  const { rows } = await sql<{ name: string; language: "de" | "en" }>`
    select name, language from delivery.courier where tenant_id = ${tenantId} and id = ${courierId}`.execute(
    tx,
  );
  return rows[0] ?? { name: "", language: "de" };
}

async function recordedStop(
  tx: DeliveryTx,
  tenantId: number,
  key: string,
): Promise<{ deliveryId: number | null } | null> {
  const { rows } = await sql<{ deliveryId: number | null }>`
    select delivery_id as "deliveryId" from delivery.happened where tenant_id = ${tenantId} and key = ${key}::uuid`.execute(
    tx,
  );
  return rows[0] ?? null;
}

const atOf = ({ tenantId, conversationId, messageId }: Place): Place => ({
  tenantId,
  conversationId,
  messageId,
});

/** The courier reads it on the page; nobody's number crosses. */
async function relayLater(house: House, timer: Timer): Promise<void> {
  const call = relayCall.parse(timer.payload);
  const { tenantId } = timer;
  const { deliveryId, shiftId, eveningId, text } = call;
  const place = { ...call, tenantId };
  const { formOfAddress: form } = await house.profile(tenantId);
  await inTenant(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const now = house.clock.now();
    await appendOwn(tx, { tenantId, eveningId, now }, [
      { kind: "wrote", by: "customer", shiftId, deliveryId, words: text, key: keyOf(place) },
    ]);
    const language = await languageOf(tx, place);
    const content = { type: "text" as const, text: relayedWords({ language, form }) };
    if (!call.isQuiet) await answerLater(house, tx, { ...atOf(place), purpose: PROMISES, content, now });
    await tell(tx, tenantId, { evenings: [eveningId], deliveries: [deliveryId] }, now);
  });
}

async function languageOf(tx: DeliveryTx, { tenantId, conversationId }: Place): Promise<"de" | "en"> {
  const { rows } = await sql<{ language: "de" | "en" }>`
    select language from kernel.conversation where tenant_id = ${tenantId} and id = ${conversationId}`.execute(
    tx,
  );
  return rows[0]?.language ?? "de";
}
