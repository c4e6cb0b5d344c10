import { type AnyRoute, AppError, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import { tellOfCall } from "../api.ts";
import type { Outside } from "../ports.ts";
import { GUESS_RATE, HOOK_RATE, LINES_KNOWN } from "../rules/limits.ts";
import { type LineEvent, readLineEvent } from "../rules/line-events.ts";
import { addressKey, isSame, isSignedWith, readAddressKey, signatureKey } from "../rules/line-key.ts";
import { type NumberPlan, readNumber } from "../rules/phone-number.ts";
import { findLine, type LineRow, noteHeard } from "../store/lines.ts";
import { storeEvent } from "../store/ringing.ts";
import { readSettings } from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";
import { type Here, hookAddress, SECRET } from "./lines.ts";

/** Headers in which telephone systems and programs put a signature of the body. */
const SIGNATURES = ["x-placetel-signature", "x-signature", "x-hub-signature-256"] as const;

/**
 * What a telephone system tells: whose it is stands in the secret address. Stored and answered; what it means is found out
 * afterwards (jobs.ts), so that no caller waits for us.
 */
export function hookRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const byLine = rateLimiter(HOOK_RATE, house.clock);
  const bySender = rateLimiter(GUESS_RATE, house.clock);
  // Addresses that led somewhere: who knows one is not held up by somebody who guesses from the same place.
  const known = new Set<string>();

  /** Counted before anything is looked up: an address that leads nowhere costs no transaction for long. */
  async function pass(key: string, sender: string): Promise<Awaited<ReturnType<typeof lineOf>>> {
    const isKnown = known.has(key);
    const wait = isKnown ? byLine.take(key) : bySender.take(sender);
    if (wait !== null) throw new TooManyRequests(wait);
    const found = await lineOf(key).catch((error: unknown) => {
      known.delete(key);
      throw error;
    });
    known.add(key);
    const [oldest] = known;
    if (known.size > LINES_KNOWN && oldest !== undefined) known.delete(oldest);
    if (!isKnown) bySender.giveBack(sender);
    return found;
  }

  /** @throws AppError not_found for an address that is none of ours */
  async function lineOf(key: string): Promise<{ tenantId: number; line: LineRow; secret: string }> {
    const place = readAddressKey(key);
    if (!place) throw new AppError("not_found");
    const { tenantId, lineId } = place;
    const line = await inTenant(house, tenantId, (tx) => findLine(tx, tenantId, lineId));
    const secret = await outside.secret(house, SECRET);
    // Compared also where there is no such line, so that nobody learns which there are.
    const expected = addressKey(secret, { tenantId, lineId, salt: line?.salt ?? "" });
    if (!isSame(key, expected) || !line) throw new AppError("not_found");
    return { tenantId, line, secret };
  }

  return [
    route(tellOfCall, async ({ params: { key }, body, request, reply }) => {
      const { tenantId, line, secret } = await pass(key, request.ip);
      const now = house.clock.now();
      const place = { tenantId, lineId: line.id, salt: line.salt };
      const given = SIGNATURES.map((name) => request.headers[name]).find((one) => typeof one === "string");
      const isTrusted =
        !line.is_signed ||
        isSignedWith(signatureKey(secret, place), request.rawText, given as string | undefined);
      const event = isTrusted ? readLineEvent(line.kind, body) : null;
      await inTenant(house, tenantId, async (tx) => {
        const fault = isTrusted ? (event ? "" : "body") : "signature";
        await noteHeard(tx, { tenantId, id: line.id, fault, now });
        if (!event) return;
        const plan = await readSettings(tx, tenantId);
        const phone = phoneIn(event, line, plan);
        if (phone === undefined) return;
        const call = { tenantId, lineId: line.id, callId: event.callId };
        await storeEvent(tx, call, { ...event, phone }, now);
      });
      if (!isTrusted) throw new AppError("bad_signature");
      if (line.kind === "sipgate")
        reply
          .type("application/xml; charset=utf-8")
          .send(sipgateReply(event, { publicUrl: outside.publicUrl(house), request }, key));
      return { ok: true as const };
    }),
  ];
}

/** E.164; "" = suppressed; null = this event does not say; undefined = a call within the house. */
function phoneIn({ written }: LineEvent, { kind }: LineRow, plan: NumberPlan): string | null | undefined {
  if (written === null) return null;
  const read = readNumber(written, plan, kind === "sipgate" ? "international" : "dialled");
  if (read.is === "number") return read.phone;
  return read.is === "suppressed" ? "" : undefined;
}

/** A new call is answered with where its next events shall go; everything else with nothing to do. */
function sipgateReply(event: LineEvent | null, here: Here, key: string): string {
  const url = hookAddress(here, key);
  const wishes = event?.what === "rang" ? ` onAnswer="${url}" onHangup="${url}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response${wishes} />\n`;
}
