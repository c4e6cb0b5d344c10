import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type World, world } from "#kernel/testing";
import type { ChannelAdapter, OutboundMessage } from "../channel.ts";
import { surveyWork } from "../db/survey.ts";
import { removeExpired } from "../dialogue/housekeeping.ts";
import { type Grant, grantConsent, listGrants, type NewGrant, withdrawConsent } from "./grants.ts";
import { verifyLedger } from "./ledger.ts";
import { type Notice, queueNotices } from "./notice.ts";
import { runIn } from "./run.ts";
import { isStop } from "./stop-words.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let sent: OutboundMessage[] = [];

/** A provider that accepts everything; bodies are lists of what somebody wrote. */
const provider: ChannelAdapter = {
  kind: "whatsapp",
  limits: {
    perAccountPerSecond: 1_000,
    pairIntervalMs: 0,
    pairBurst: 1_000,
    windowMs: DAY,
    textMax: 1000,
    hasReceipts: false,
    concurrency: 50,
  },
  verify: () => null,
  addressOf: () => null,
  looksBroken: () => false,
  parse: (raw) =>
    (JSON.parse(raw.toString()) as { from: string; id: string; text: string; at: number }[]).map(
      ({ from, id, text, at }) => ({
        kind: "message" as const,
        address: "4940",
        externalId: id,
        identities: [{ kind: "wa_id" as const, value: from }],
        replyAddress: from,
        sentAt: at,
        content: { type: "text" as const, text },
      }),
    ),
  send: async (message) => {
    sent.push(message);
    return { outcome: "accepted", externalId: `x${sent.length}` };
  },
};

let w: World;
let tenantId: number;
let channelId: number;
let written = 0;

beforeEach(async () => {
  sent = [];
  w = await world({ adapters: [provider] });
  tenantId = (await w.tenant()).id;
  channelId = await w.channel(tenantId, { kind: "whatsapp", address: "4940", appId: "app" });
});
afterEach(() => w.close());

async function writes(from: string, text: string): Promise<void> {
  const body = Buffer.from(JSON.stringify([{ from, id: `m${++written}`, text, at: w.clock.now() }]));
  await w.ingest.enqueue({ appId: "app", channelId, tenantId, body });
  await w.settle();
}

async function contactOf(value: string): Promise<number> {
  const { rows } = await w.kernel.db.node.query<{ contact_id: number }>(
    "select contact_id from kernel.identity where tenant_id = $1 and value = $2",
    [tenantId, value],
  );
  return (rows[0] as { contact_id: number }).contact_id;
}

const grantFor = (contactId: number, more: Partial<NewGrant> = {}): NewGrant => ({
  contactId,
  channelId,
  purpose: "notices.alert",
  topic: "u3",
  language: "de",
  text: "Ja, bitte Hinweise zur Linie U3.",
  how: "form",
  evidence: { form: "/c/linie", ip: "198.51.100.7" },
  expiresAt: null,
  ...more,
});

const grant = (...grants: NewGrant[]) =>
  w.kernel.db.tenant(tenantId, (tx) => grantConsent(tx, { tenantId, grants, now: w.clock.now() }));
const grants = (...contactIds: number[]): Promise<Grant[]> =>
  w.kernel.db.tenant(tenantId, (tx) => listGrants(tx, { tenantId, contactIds }));
const verify = () => w.kernel.db.tenant(tenantId, (tx) => verifyLedger(runIn(tx), tenantId));
const queue = (...notices: Notice[]) =>
  w.kernel.db.tenant(tenantId, (tx) => queueNotices(w.kernel, tx, { tenantId, notices, now: w.clock.now() }));
const notice = (grantId: number, more: Partial<Notice> = {}): Notice => ({
  reference: `n${grantId}`,
  grantId,
  content: { type: "text", text: "U3: Pendelverkehr bis 18 Uhr." },
  expiresAt: null,
  ...more,
});

describe("grants and their ledger", () => {
  it("stores words, way and evidence once, and the chain holds", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const [first, again] = await grant(grantFor(contactId), grantFor(contactId));
    expect(again).toBe(first);
    expect(await grant(grantFor(contactId))).toEqual([first]);
    expect(await grants(contactId)).toMatchObject([
      { id: first, text: "Ja, bitte Hinweise zur Linie U3.", how: "form", withdrawnAt: null },
    ]);
    expect(await verify()).toEqual({ entries: 1, proofs: 1, faults: [] });
  });

  it("a withdrawn grant can be given again, as a new one", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const [first] = await grant(grantFor(contactId));
    const withdraw = () =>
      w.kernel.db.tenant(tenantId, (tx) =>
        withdrawConsent(tx, { tenantId, contactIds: [contactId], how: "portal", now: w.clock.now() }),
      );
    expect(await withdraw()).toBe(1);
    expect(await withdraw()).toBe(0);
    const [second] = await grant(grantFor(contactId));
    expect(second).not.toBe(first);
    expect(await verify()).toEqual({ entries: 3, proofs: 3, faults: [] });
  });

  it("neither the node nor the database's owner changes an entry", async () => {
    await writes("491", "Moin");
    await grant(grantFor(await contactOf("491")));
    for (const change of [
      "update kernel.consent_ledger set purpose = 'other'",
      "delete from kernel.consent_ledger",
      "truncate kernel.consent_ledger",
    ])
      await expect(w.kernel.db.node.query(change)).rejects.toThrow(/permission denied/);
  });

  it("every kind of tampering is found", async () => {
    await writes("491", "Moin");
    await writes("492", "Moin");
    await grant(grantFor(await contactOf("491")), grantFor(await contactOf("492")));
    const asOwner = await ownerOf(w);
    const tamper = async (change: string, undo: string): Promise<string[]> => {
      await asOwner(`alter table kernel.consent_ledger disable trigger all; ${change}`);
      const { faults } = await verify();
      await asOwner(undo);
      return faults;
    };
    expect(
      await tamper(
        "update kernel.consent_ledger set purpose = 'offers' where seq = 1",
        "update kernel.consent_ledger set purpose = 'notices.alert' where seq = 1",
      ),
    ).toEqual(["Entry 1: its content was changed."]);
    expect(
      await tamper(
        `update kernel.consent_proof set personal = jsonb_set(personal, '{text}', '"Ja zu allem"') where seq = 2`,
        `update kernel.consent_proof set personal = jsonb_set(personal, '{text}', '"Ja, bitte Hinweise zur Linie U3."') where seq = 2`,
      ),
    ).toEqual(["Entry 2: its personal values were changed."]);
    expect(
      await tamper(
        "update kernel.consent_grant set withdrawn_at = granted_at, withdrawn_how = 'x' where id = (select max(id) from kernel.consent_grant)",
        "update kernel.consent_grant set withdrawn_at = null, withdrawn_how = null",
      ),
    ).toEqual([expect.stringMatching(/^Grant \d+ is withdrawn, the ledger does not say so\.$/)]);
    expect(await verify()).toMatchObject({ faults: [] });
    const [, fault] = await tamper("delete from kernel.consent_ledger where seq = 2", "select 1");
    expect(fault).toMatch(/^Grant \d+ is open/);
  });

  it("personal values go when their time is over, the chain still holds", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    await grant(grantFor(contactId));
    await w.kernel.db.tenant(tenantId, (tx) =>
      withdrawConsent(tx, { tenantId, contactIds: [contactId], how: "portal", now: w.clock.now() }),
    );
    w.clock.advance(1_094 * DAY);
    await removeExpired(w.kernel);
    expect(await verify()).toMatchObject({ proofs: 2 });
    w.clock.advance(2 * DAY);
    await removeExpired(w.kernel);
    expect(await verify()).toEqual({ entries: 2, proofs: 0, faults: [] });
  });
});

describe("the way out", () => {
  it("a notice leaves under its grant, once per reference, also to who never wrote", async () => {
    await writes("491", "Moin");
    const [id] = await grant(grantFor(await contactOf("491")));
    const [fate] = await queue(notice(id as number));
    expect(fate).toMatchObject({ queued: true });
    expect(await queue(notice(id as number))).toEqual([fate]);
    await w.settle();
    expect(sent.map(({ to, content }) => [to, "text" in content && content.text])).toEqual([
      ["491", "U3: Pendelverkehr bis 18 Uhr."],
    ]);
    const { rows } = await w.kernel.db.node.query(
      "select status, purpose, basis_grant, basis_message from kernel.message where author = 'bot'",
    );
    expect(rows).toEqual([
      { status: "sent", purpose: "notices.alert", basis_grant: id, basis_message: null },
    ]);
  });

  it("nothing is claimed after STOP, and the person gets one sentence", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const [id] = await grant(grantFor(contactId), grantFor(contactId, { topic: "u1" }));
    await writes("491", " Stopp! ");
    expect(sent.map(({ content }) => "text" in content && content.text)).toEqual([
      "Erledigt: Sie bekommen von uns keine Hinweise mehr. Wenn Sie uns schreiben, antworten wir weiterhin.",
    ]);
    expect((await grants(contactId)).map(({ withdrawnHow }) => withdrawnHow)).toEqual(["message", "message"]);
    expect(await queue(notice(id as number))).toEqual([
      { reference: `n${id}`, queued: false, reason: "withdrawn" },
    ]);
    expect(await verify()).toMatchObject({ entries: 4, faults: [] });
  });

  it("what was queued before the withdrawal is not sent after it", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const [id] = await grant(grantFor(contactId));
    await w.kernel.db.tenant(tenantId, async (tx) => {
      await queueNotices(w.kernel, tx, { tenantId, notices: [notice(id as number)], now: w.clock.now() });
      await withdrawConsent(tx, { tenantId, contactIds: [contactId], how: "portal", now: w.clock.now() });
    });
    await w.settle();
    expect(sent).toEqual([]);
    const { rows } = await w.kernel.db.node.query(
      "select m.status, m.error ->> 'title' as reason, c.state from kernel.message m join kernel.conversation c on c.id = m.conversation_id where m.author = 'bot'",
    );
    // It is no open question either: the conversation waits because nobody answered "Moin", not because of the notice.
    expect(rows).toEqual([{ status: "failed", reason: "withdrawn", state: "waiting" }]);
  });

  it("refuses by reason: expired grant, expired notice, closed window, erased, foreign or no grant", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const now = w.clock.now();
    const [short, open] = await grant(
      grantFor(contactId, { topic: "short", expiresAt: now + HOUR }),
      grantFor(contactId),
    );
    const reasonOf = async (one: Notice) => {
      const [fate] = await queue(one);
      return fate?.queued === false ? fate.reason : "queued";
    };
    expect(await reasonOf(notice(999_999))).toBe("no_grant");
    w.clock.advance(2 * HOUR);
    expect(await reasonOf(notice(short as number))).toBe("grant_expired");
    expect(await reasonOf(notice(open as number, { expiresAt: w.clock.now() - 1 }))).toBe("expired");
    w.clock.advance(DAY);
    expect(await reasonOf(notice(open as number))).toBe("window_closed");
    const template = { type: "template", name: "alert", language: "de", text: "U3", parameters: [] } as const;
    expect(await reasonOf(notice(open as number, { content: template }))).toBe("queued");
    const other = (await w.tenant()).id;
    const fates = await w.kernel.db.tenant(other, (tx) =>
      queueNotices(w.kernel, tx, { tenantId: other, notices: [notice(open as number)], now }),
    );
    expect(fates).toMatchObject([{ queued: false, reason: "no_grant" }]);
  });

  it("the database itself refuses a message or an outbox row without a reason", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const [id] = await grant(grantFor(contactId));
    const { rows } = await w.kernel.db.node.query<{ id: number }>("select id from kernel.conversation");
    const conversationId = (rows[0] as { id: number }).id;
    const message = (columns: string, values: string) =>
      w.kernel.db.node.query(
        `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at${columns})
          values ($1, $2, gen_random_uuid(), 'bot', '{"type":"text","text":"x"}', 'queued', $3, $3, $3${values})`,
        [tenantId, conversationId, new Date(w.clock.now())],
      );
    await expect(message("", "")).rejects.toThrow(/message_basis/);
    await expect(message(", purpose", ", 'notices.alert'")).rejects.toThrow(/message_basis/);
    await expect(message(", purpose, basis_grant", ", 'notices.alert', 424242")).rejects.toThrow(
      /foreign key/,
    );
    await expect(message(", purpose", ", 'before_consent'")).rejects.toThrow(/message_basis/);
    const outbox = (purpose: string, contact: number) =>
      w.kernel.db.node.query(
        `insert into kernel.outbox (tenant_id, id, conversation_id, contact_id, channel_id, reply_address, content, purpose, basis_kind, basis_id, basis_at, basis_grant, due_at)
          values ($1, gen_random_uuid(), $2, $3, $4, '491', '{}', $5, 'grant', 'x', $6, $7, $6)`,
        [tenantId, conversationId, contact, channelId, purpose, new Date(w.clock.now()), id],
      );
    // A grant covers its own purpose and its own person only.
    await expect(outbox("offers.deal", contactId)).rejects.toThrow(/foreign key/);
    await expect(outbox("notices.alert", contactId + 1)).rejects.toThrow(/foreign key/);
    await expect(outbox("notices.alert", contactId)).resolves.toMatchObject({ rowCount: 1 });
  });

  it("the doctor counts what was sent without a valid reason: nothing, until somebody forges it", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    const [id] = await grant(grantFor(contactId));
    await queue(notice(id as number));
    await w.settle();
    const count = async () => (await surveyWork(w.kernel.db.address, w.clock.now())).withoutBasis;
    expect(await count()).toBe(0);
    await w.kernel.db.node.query("update kernel.message set purpose = 'offers.deal' where basis_grant = $1", [
      id,
    ]);
    expect(await count()).toBe(1);
    await w.kernel.db.node.query(
      "update kernel.message set purpose = 'notices.alert' where basis_grant = $1",
      [id],
    );
    expect(await count()).toBe(0);
    await w.kernel.db.node.query(
      "update kernel.message set purpose = 'service.answer', basis_grant = null, basis_message = gen_random_uuid() where basis_grant = $1",
      [id],
    );
    expect(await count()).toBe(1);
  });

  it("in any interleaving, nothing is claimed after a withdrawal's commit", async () => {
    await writes("491", "Moin");
    const contactId = await contactOf("491");
    for (let round = 0; round < 60; round++) {
      const [id] = await grant(grantFor(contactId, { topic: `t${round}` }));
      await queue(notice(id as number, { reference: `r${round}` }));
      const before = sent.length;
      const withdrawn = w.kernel.db.tenant(tenantId, (tx) =>
        withdrawConsent(tx, { tenantId, contactIds: [contactId], how: "portal", now: w.clock.now() }),
      );
      await Promise.all([w.settle(), withdrawn]);
      const sentInTime = sent.length - before;
      await w.settle();
      expect(sent.length - before).toBe(sentInTime);
    }
    const { rows } = await w.kernel.db.node.query("select state from kernel.outbox");
    expect(rows).toEqual([]);
  });
});

it("STOP is a whole message, in both languages; a sentence with the word in it is none", () => {
  for (const text of [
    "STOP",
    "Stopp!",
    " stop. ",
    "Abmelden",
    "unsubscribe",
    "Bitte abmelden",
    "KEINE WERBUNG",
  ])
    expect(isStop(text), text).toBe(true);
  for (const text of [
    "Stop mal, wo ist mein Paket?",
    "Haltestelle Stopp",
    "Endlich",
    "",
    "Paket abmelden und neu",
  ])
    expect(isStop(text), text).toBe(false);
});

/** The database's superuser: who tampers has it. */
async function ownerOf(of: World): Promise<(text: string) => Promise<unknown>> {
  const { default: pg } = await import("pg");
  return async (text) => {
    const client = new pg.Client(of.kernel.db.address.config("owner"));
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  };
}
