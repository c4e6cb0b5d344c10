import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { messagesWhen } from "../outside/desk.ts";
import { type Colleague, type Office, openOffice, waitingCustomer } from "../outside/office.ts";
import { follow, type Stream } from "../outside/sse.ts";
import { until } from "../outside/until.ts";

/** The desk follows without reload. */

let office: Office;
let base: string;
let jana: Colleague;
let mert: Colleague;

beforeAll(async () => {
  office = await openOffice();
  ({ base, jana, mert } = office);
});
afterAll(() => office?.close());

describe("the live feed", () => {
  const open: Stream[] = [];
  afterAll(() => {
    for (const stream of open) stream.close();
  });
  async function listen(who: Colleague, lastEventId?: string): Promise<Stream> {
    const stream = await follow(`${base}/api/v1/events`, who.client.headers, lastEventId);
    open.push(stream);
    expect(stream.status).toBe(200);
    return stream;
  }

  test("shows the customer's words, a colleague's action and ticks, all to the contract", async () => {
    const { id, say } = await waitingCustomer(office);
    const stream = await listen(mert);
    const isMessage = (text: string) => (event: api.LiveEvent) =>
      event.type === "message" && event.message.text === text && event.message.conversationId === id;
    await until("the stream runs", async () => stream.lastId() !== null || stream.events.length === 0);
    await say("Sieht das jemand?");
    await stream.next("the customer's words", isMessage("Sieht das jemand?"));
    await jana.client.call(api.takeConversation, { params: { id } });
    await stream.next<api.LiveEvent>(
      "it is Jana's",
      // A tick of the same moment carries the conversation with it.
      (event) =>
        (event.type === "conversation" || event.type === "message") &&
        event.conversation?.id === id &&
        event.conversation.assignee?.id === jana.id,
    );
    await jana.client.call(api.typeInConversation, { params: { id } });
    await stream.next<api.LiveEvent>(
      "Jana writes",
      (event) => event.type === "typing" && event.conversationId === id,
    );
    const reply = await jana.client.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Ja, ich." },
    });
    await stream.next<api.LiveEvent>(
      "its ticks",
      (event) => event.type === "message" && event.message.id === reply.id && event.message.status === "read",
    );
    for (const { data } of stream.events) api.liveEvent.parse(data);
  });

  test("leaves nothing out after a lost connection", async () => {
    const { id, say } = await waitingCustomer(office);
    const stream = await listen(jana);
    await say("vorher");
    const texts = (events: Stream["events"]) =>
      events.flatMap(({ data }) => {
        const event = data as api.LiveEvent;
        return event.type === "message" &&
          event.message.conversationId === id &&
          event.message.author === "customer"
          ? [event.message.text]
          : [];
      });
    await until("vorher", () => texts(stream.events).includes("vorher"));
    const place = stream.lastId() ?? undefined;
    stream.close();
    for (const text of ["eins", "zwei", "drei"]) await say(text);
    await messagesWhen(jana.client, id, {
      named: "all",
      holds: (each) => each.filter((m) => m.author === "customer").length === 5,
    });
    const again = await listen(jana, place);
    await until("drei", () => texts(again.events).includes("drei"));
    expect([...new Set(texts(again.events))]).toEqual(["eins", "zwei", "drei"]);
  });

  test("is closed to strangers", async () => {
    expect((await fetch(`${base}/api/v1/events`)).status).toBe(401);
  });
});
