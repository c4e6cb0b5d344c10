import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpServer, type Flow, type Turn } from "#kernel";
import { openTelephoneWorld, type TelephoneWorld } from "../../../tests/telephone-world.ts";
import { GUESS_RATE } from "./rules/limits.ts";
import { addressKey } from "./rules/line-key.ts";
import { WITHDRAW } from "./rules/timer-kinds.ts";
import { openTelephone } from "./skill.ts";
import { insertLine } from "./store/lines.ts";

const skill = openTelephone({
  understanding: { phone: () => undefined, time: () => undefined, nextOpening: (_profile, at) => at },
  topics: { count: async () => {}, has: async () => false },
  secret: async () => "secret",
  publicUrl: () => "",
});
const TEXT = "Den Rückruf bitte absagen";

let t: TelephoneWorld;
beforeAll(async () => {
  t = await openTelephoneWorld();
});
afterAll(() => t?.close());

describe("open promises", () => {
  /** Persons of a company who wait for a call. @returns the last one */
  async function waiting(tenantId: number, count: number) {
    const channelId = await t.w.channel(tenantId, { kind: "web", address: `other-${tenantId}-abcdef` });
    const { rows } = await t.client.query<{ contactId: number; conversationId: number }>(
      `with c as (insert into kernel.contact (tenant_id, first_seen_at) select $1, $3 from generate_series(1, $4) returning id),
          v as (insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
            select $1, $2, c.id, 'x', 'de', $3, $3, $3 from c returning id, contact_id)
        insert into kernel.callback (tenant_id, conversation_id, contact_id, phone, promised_at, state, created_at)
        select $1, v.id, v.contact_id, '+494066969140', $3, 'missed', $3 from v
        returning contact_id as "contactId", conversation_id as "conversationId"`,
      [tenantId, channelId, new Date(t.now), count],
    );
    const last = rows.at(-1);
    if (!last) throw new Error("nobody waits");
    return { ...last, tenantId };
  }
  type Waiting = Awaited<ReturnType<typeof waiting>>;

  const turnOf = ({ tenantId, contactId, conversationId }: Waiting): Turn => ({
    tenant: { id: tenantId, timeZone: "UTC", formOfAddress: "sie" } as never,
    now: t.now,
    channel: { id: 1, kind: "web" },
    contact: { id: contactId, name: "" },
    conversation: { id: conversationId, language: "de", flow: null, topic: null },
    message: { id: "m", content: { type: "text", text: TEXT }, text: TEXT },
    late: false,
    recent: [],
  });
  const isWithdrawn = (flow: Flow, who: Waiting) =>
    flow.turn(turnOf(who))?.some((effect) => effect.do === "schedule" && effect.kind === WITHDRAW) ?? false;

  test("are found of whoever writes, however many of other companies stand unfinished", async () => {
    // Its number is lower than the other's, so its promises came first where all were read.
    const many = await waiting((await t.w.tenant({ name: "Viele" })).id, 2_001);
    const one = await waiting((await t.w.tenant({ name: "Eine" })).id, 1);
    const flow = skill.flow?.(t.house);
    if (!flow?.prepare) throw new Error("it takes no turn");
    const said = ({ tenantId, contactId }: Waiting, text = TEXT) => ({ tenantId, contactId, text });
    await flow.prepare([many.tenantId, one.tenantId], [], [said(many), said(one)]);
    expect(isWithdrawn(flow, one)).toBe(true);
    expect(isWithdrawn(flow, many)).toBe(true);
    // Nobody's promise is known to the next batch.
    await flow.prepare([many.tenantId, one.tenantId], [], [said(one, "Wo ist mein Paket?")]);
    expect(isWithdrawn(flow, one)).toBe(false);
    // Whoever was asked for a time may answer with anything.
    const open = { skill: "telephone", flow: "time", step: "time", data: {} };
    await flow.prepare([one.tenantId], [{ tenantId: one.tenantId, flow: open }], [said(one, "hm")]);
    expect(isWithdrawn(flow, one)).toBe(true);
    // A company's promises are its own, whatever number the contact has.
    await flow.prepare([one.tenantId], [], [{ ...said(many), tenantId: one.tenantId }]);
    expect(isWithdrawn(flow, { ...many, tenantId: one.tenantId })).toBe(false);
  });
});

test("who guesses addresses of telephone systems is stopped; a system that is known goes on from the same place", async () => {
  const { tenantId, now } = t;
  const line = { kind: "generic" as const, name: "Zentrale", isSigned: false, salt: "salt", now };
  const { id: lineId } = await t.doing((tx) => insertLine(tx, tenantId, line));
  const app = createHttpServer(t.house, { routes: skill.routes?.(t.house) ?? [] });
  const right = addressKey("secret", { tenantId, lineId, salt: "salt" });
  const wrong = `${tenantId}-${lineId}-${"a".repeat(32)}`;
  const tell = async (key: string, remoteAddress = "203.0.113.9") => {
    const payload = { event: "ended", result: "missed", callId: "1", direction: "in", from: "040 66969140" };
    const url = `/api/v1/telephone-hooks/${key}`;
    return (await app.inject({ method: "POST", url, remoteAddress, payload })).statusCode;
  };
  expect(await tell(right)).toBe(200);
  const guesses: number[] = [];
  for (let n = 0; n <= GUESS_RATE.burst; n++) guesses.push(await tell(wrong));
  expect(guesses).toEqual([...Array(GUESS_RATE.burst).fill(404), 429]);
  expect(await tell(right)).toBe(200);
  expect(await tell(wrong, "203.0.113.10")).toBe(404);
  // Its address was renewed: the old one leads nowhere at once.
  await t.rows("update telephone.line set salt = 'other' where tenant_id = $1");
  expect(await tell(right, "203.0.113.10")).toBe(404);
  await app.close();
});
