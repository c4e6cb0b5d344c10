import { describe, expect, it } from "vitest";
import { messageId } from "../ids.ts";
import type { Effect } from "../skill.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import { testSettings } from "../testing/world.ts";
import { type ConversationState, emptyOutcome, type Incoming } from "./state.ts";
import { takeTurn } from "./turn.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const profile = { ...testSettings, id: 1, name: "T", slug: "t", isDemo: false } as unknown as TenantProfile;
const account = { id: 7, tenantId: 1, kind: "whatsapp", active: true } as RegisteredAccount;

function conversation(change: Partial<ConversationState> = {}): ConversationState {
  return {
    tenantId: 1,
    id: 11,
    channelId: 7,
    contactId: 3,
    thread: "",
    replyAddress: "49",
    state: "bot",
    language: "de",
    topic: null,
    assigneeId: null,
    departmentId: null,
    flow: null,
    handOver: null,
    preview: "",
    lastMessageAt: 0,
    lastCustomerAt: null,
    lastTurn: null,
    waitingSince: null,
    dueAt: null,
    unread: 0,
    isNew: false,
    changed: false,
    ...change,
  };
}

function incoming(text: string, change: Partial<Incoming> = {}): Incoming {
  return {
    account,
    inboxId: 1,
    receivedAt: NOW,
    seenKey: "k",
    externalId: "x",
    sentAt: NOW,
    content: { type: "text", text },
    replyTo: undefined,
    replyAddress: "49",
    profileName: undefined,
    errors: null,
    fromBusiness: false,
    takesNoTurn: false,
    isGuarded: false,
    detail: undefined,
    contact: { tenantId: 1, id: 3, name: "", stoppedAt: null, erasedAt: null, isNew: false, changed: false },
    conversation: conversation(),
    ...change,
  };
}

function run(one: Incoming, effects: readonly Effect[] | null, more: { whileWaiting?: true } = {}) {
  const outcome = emptyOutcome();
  const catalogue = {
    de: { hello: { sie: "Guten Tag, {name}.", du: "Hallo, {name}." } },
    en: { hello: "Hello, {name}." },
  };
  takeTurn(one, outcome, {
    flows: [{ skill: "test", flow: { turn: () => effects, ...more }, catalogue }],
    profile,
    windowMs: 86_400_000,
    now: NOW,
    recent: [],
  });
  return outcome;
}

describe("a turn that another skill goes on with", () => {
  const start: Effect = {
    do: "start",
    skill: "other",
    flow: "order",
    data: { reference: "4711" },
    otherwise: [{ do: "say", text: "Ich gebe Sie weiter." }],
  };
  const after: Effect = { do: "say", text: "nie gesagt" };
  const turns = (one: Incoming, answers: (step: string, data: unknown) => readonly Effect[] | null) => {
    const outcome = emptyOutcome();
    const catalogue = { de: { mine: "Moment, {number}." }, en: { mine: "One moment, {number}." } };
    takeTurn(one, outcome, {
      flows: [
        {
          skill: "test",
          flow: { turn: () => [{ do: "remember", topic: "where" }, start, after] },
          catalogue: { de: {}, en: {} },
        },
        {
          skill: "other",
          flow: { turn: ({ conversation: { flow } }) => answers(`${flow?.flow}.${flow?.step}`, flow?.data) },
          catalogue,
        },
      ],
      profile,
      windowMs: 86_400_000,
      now: NOW,
      recent: [],
    });
    return outcome.messages.slice(1).map(({ content }) => ("text" in content ? content.text : ""));
  };

  it("is spoken in that skill's words, and its question is that skill's", () => {
    const one = incoming("Wo ist 4711?");
    const said = turns(one, (step, data) => {
      expect([step, data]).toEqual(["order.start", { reference: "4711" }]);
      return [{ do: "ask", flow: "order", step: "postcode", key: "mine", values: { number: "4711" } }];
    });
    expect(said).toEqual(["Moment, 4711."]);
    expect(one.conversation).toMatchObject({
      topic: "where",
      flow: { skill: "other", flow: "order", step: "postcode" },
    });
  });

  it("does what was to be done without it where that skill has nothing to say, or is not there", () => {
    expect(turns(incoming("Wo ist 4711?"), () => null)).toEqual(["Ich gebe Sie weiter."]);
    expect(run(incoming("x"), [start]).messages.at(-1)?.content).toMatchObject({
      text: "Ich gebe Sie weiter.",
    });
  });

  it("that is late starts nothing", () => {
    const late = incoming("Wo ist 4711?", {
      sentAt: NOW - 1_000,
      conversation: conversation({ lastTurn: messageId(NOW, NOW) }),
    });
    expect(turns(late, () => [after])).toEqual(["Ich gebe Sie weiter."]);
  });
});

describe("a turn", () => {
  it("joins bubbles, speaks by the catalogue, and gives each answer purpose and basis", () => {
    const outcome = run(incoming("hi"), [
      { do: "say", key: "hello", values: { name: "Ö" } },
      { do: "say", text: "Zweiter Satz.", source: "Topic" },
    ]);
    expect(outcome.outbox).toHaveLength(1);
    expect(outcome.outbox[0]?.content).toMatchObject({ text: "Guten Tag, Ö.\n\nZweiter Satz." });
    const asked = outcome.messages.find((m) => m.author === "customer");
    expect(outcome.outbox[0]).toMatchObject({ purpose: "service.answer", basisId: asked?.id, basisAt: NOW });
    expect(outcome.messages.find((m) => m.author === "bot")?.detail).toEqual({ source: "Topic" });
  });

  it("hands over when nobody has anything to say, after the words the customer reads", () => {
    const one = incoming("?");
    const outcome = run(one, null);
    expect(one.conversation).toMatchObject({
      state: "waiting",
      unread: 1,
      waitingSince: NOW,
      dueAt: NOW + 30 * 60_000,
    });
    expect(outcome.messages.map((m) => m.author)).toEqual(["customer", "system"]);
  });

  it("shows who takes over the question, not the sentence about the hand-over", () => {
    const one = incoming("Wo ist mein Topf?");
    run(one, [
      { do: "say", text: "Ich gebe Sie weiter." },
      { do: "handOver", reason: "unknown", summary: "" },
    ]);
    expect(one.conversation.preview).toBe("Wo ist mein Topf?");
    const answered = incoming("Wann?");
    run(answered, [{ do: "say", text: "Um acht." }]);
    expect(answered.conversation.preview).toBe("Um acht.");
  });

  it("is silent while a person has the conversation, and the customer then waits for that person", () => {
    const one = incoming("noch da?", { conversation: conversation({ state: "person", assigneeId: "jana" }) });
    const outcome = run(one, [{ do: "say", text: "bot" }]);
    expect(outcome.outbox).toHaveLength(0);
    expect(one.conversation).toMatchObject({ state: "person", unread: 1, waitingSince: NOW });
  });

  it("asks a skill that says so while a conversation waits for a person, and leaves it waiting", () => {
    const waiting = () =>
      incoming("offen?", { conversation: conversation({ state: "waiting", waitingSince: 1 }) });
    const one = waiting();
    const outcome = run(one, [{ do: "say", text: "Von 10 bis 19 Uhr." }], { whileWaiting: true });
    expect(outcome.outbox).toHaveLength(1);
    expect(one.conversation).toMatchObject({ state: "waiting", unread: 1, waitingSince: 1 });
    expect(run(waiting(), [{ do: "say", text: "bot" }]).outbox).toHaveLength(0);
    expect(run(waiting(), null, { whileWaiting: true }).outbox).toHaveLength(0);
  });

  it("keeps what a skill wants kept, which gives it no precedence over others", () => {
    const one = incoming("HK-20417");
    run(one, [
      { do: "say", text: "Gut." },
      { do: "keep", data: { said: "HK-20417" } },
    ]);
    expect(one.conversation.flow).toEqual({ skill: "test", flow: "", step: "", data: { said: "HK-20417" } });
    const next = incoming("und nun?", { conversation: one.conversation });
    const outcome = emptyOutcome();
    const speaker = (skill: string) => ({
      skill,
      flow: { turn: () => [{ do: "say" as const, text: skill }] },
      catalogue: { de: {}, en: {} },
    });
    takeTurn(next, outcome, {
      flows: [speaker("first"), speaker("test")],
      profile,
      windowMs: 86_400_000,
      now: NOW,
      recent: [],
    });
    expect(outcome.outbox[0]?.content).toMatchObject({ text: "first" });
  });

  it("opens a closed conversation again, with automatic answers", () => {
    const one = incoming("hallo", { conversation: conversation({ state: "closed", assigneeId: "jana" }) });
    run(one, [{ do: "say", text: "ja" }]);
    expect(one.conversation).toMatchObject({ state: "bot", assigneeId: null });
  });

  it("keeps the flow of a conversation out of a late message's hands", () => {
    const flow = { skill: "test", flow: "f", step: "s", data: {} };
    const one = incoming("früher", {
      sentAt: NOW - 60_000,
      conversation: conversation({ flow, lastTurn: "01a20120-5978-801a-8804-816ac000139e" }),
    });
    one.conversation.lastTurn = `${(NOW - 1000).toString(16).padStart(12, "0").slice(0, 8)}-${(NOW - 1000).toString(16).padStart(12, "0").slice(8)}-8000-8000-000000000000`;
    const before = one.conversation.lastTurn;
    run(one, [{ do: "ask", flow: "g", step: "1", text: "Wie?" }]);
    expect(one.conversation.flow).toEqual(flow);
    expect(one.conversation.lastTurn).toBe(before);
  });

  it("does not send when the window is closed: a person looks at it", () => {
    const one = incoming("alt", { sentAt: NOW - 2 * 86_400_000 });
    const outcome = run(one, [{ do: "say", text: "Antwort" }]);
    expect(outcome.outbox).toHaveLength(0);
    expect(outcome.messages.find((m) => m.author === "bot")).toMatchObject({
      status: "failed",
      error: { title: "window_closed" },
    });
    expect(one.conversation).toMatchObject({ state: "waiting" });
    expect(one.conversation.handOver?.reason).toBe("late");
  });

  it("takes no turn for a reaction or for what the business wrote elsewhere", () => {
    const reaction = run(incoming("", { content: { type: "reaction", emoji: "👍", to: "x" } }), [
      { do: "say", text: "?" },
    ]);
    const echo = run(incoming("von uns", { fromBusiness: true }), [{ do: "say", text: "?" }]);
    expect(reaction.outbox).toHaveLength(0);
    expect(echo.outbox).toHaveLength(0);
    expect(echo.messages[0]).toMatchObject({ author: "agent", status: "sent" });
  });

  it("gives a tap to the skill that offered it, also while a person has the conversation", () => {
    const tap = (id: string) =>
      run(
        incoming("", {
          content: { type: "choice", id, text: "Ja" },
          conversation: conversation({ state: "person", assigneeId: "jana" }),
        }),
        [{ do: "say", text: "Gut." }],
      );
    expect(tap("test:yes").outbox).toHaveLength(1);
    expect(tap("other:yes").outbox).toHaveLength(0);
  });
});
