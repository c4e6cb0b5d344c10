import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import type { ApiClient } from "../outside/api-client.ts";
import { conversationOf, messagesWhen, ownerOf } from "../outside/desk.ts";
import { answerTo, fieldOf, newMessageId, writeLetter } from "../outside/mail.ts";
import { hasMailServers, type MailServers, startMailServers } from "../outside/mail-servers.ts";
import { until } from "../outside/until.ts";
import { sharedNode } from "../shared-node.ts";

/**
 * A mailbox on real servers, Dovecot and Exim as Debian ships them: connected by the API, read by IDLE, answered by
 * the first level, and the customer's reply comes home.
 */

const SERVICE = "service@kontor.example";
const when = hasMailServers ? describe : describe.skip;

when(hasMailServers ? "Dovecot and Exim" : "Dovecot and Exim (skipped: not installed)", () => {
  let servers: MailServers;
  let desk: ApiClient;
  let channel: api.Channel;

  beforeAll(async () => {
    servers = await startMailServers(["service", "anna", "bernd"]);
    desk = ownerOf((await sharedNode()).report);
    // Lies there before the mailbox is connected.
    await post(
      "anna",
      writeLetter({
        from: "anna@kontor.example",
        to: SERVICE,
        subject: "Alt",
        text: "Alte Frage",
        at: Date.now(),
      }),
    );
    await until("the old mail", async () => (await servers.mailsOf("service")).length === 1);
    channel = await desk.call(api.createChannel, {
      body: {
        kind: "email",
        name: "Postfach",
        address: SERVICE,
        password: servers.password,
        user: "service",
        fromName: "Hansekontor",
        imap: { host: "127.0.0.1", port: servers.imapPort, security: "none" },
        smtp: { host: "127.0.0.1", port: servers.smtpPort, security: "none" },
        plusAddresses: true,
      },
    });
    await until("the mailbox is read", async () => {
      const { items } = await desk.call(api.listChannels);
      return items.find(({ id }) => id === channel.id)?.health.light === "ok";
    });
  }, 120_000);

  afterAll(async () => {
    if (channel) await desk.call(api.updateChannel, { params: { id: channel.id }, body: { active: false } });
    await servers?.close();
  });

  /** Hands a mail to Exim as its writer's program does. */
  async function post(user: string, raw: Buffer): Promise<void> {
    const transport = createTransport({
      host: "127.0.0.1",
      port: servers.smtpPort,
      ignoreTLS: true,
      auth: { user, pass: servers.password },
    });
    await transport.sendMail({ envelope: { from: `${user}@kontor.example`, to: fieldOf(raw, "To") }, raw });
    transport.close();
  }

  const answersTo = (name: string) => async (count: number) => {
    const mails = await servers.mailsOf(name);
    return mails.length >= count ? mails : null;
  };

  test("neither the answer of the API nor the list tells the password", async () => {
    expect(channel).toMatchObject({ kind: "email", address: SERVICE, webhook: null, verifyToken: null });
    expect(JSON.stringify([channel, await desk.call(api.listChannels)])).not.toContain(servers.password);
  });

  test("check asks both servers", async () => {
    expect(await desk.call(api.checkChannel, { params: { id: channel.id } })).toEqual({
      ok: true,
      text: `${SERVICE}: reading and sending work`,
    });
  });

  test("a mail arrives by IDLE, the first level answers, and the reply threads back", async () => {
    const name = `Anna ${randomUUID().slice(0, 8)}`;
    const from = `${name} <anna@kontor.example>`;
    const id = newMessageId();
    const begun = performance.now();
    await post(
      "anna",
      writeLetter({
        from,
        to: SERVICE,
        subject: "Rückgabe",
        text: "Wie kann ich etwas zurückgeben?",
        at: Date.now(),
        messageId: id,
      }),
    );
    const [answer] = (await until("an answer", () => answersTo("anna")(1))) as Buffer[];
    expect(performance.now() - begun).toBeLessThan(15_000);
    if (!answer) throw new Error("no answer");
    expect(fieldOf(answer, "In-Reply-To")).toBe(id);
    expect(fieldOf(answer, "Subject")).toMatch(/^=\?UTF-8\?Q\?Re=3A_R=C3=BCckgabe\?=$/i);
    expect(fieldOf(answer, "Auto-Submitted")).toBe("auto-replied");
    const conversation = await conversationOf(desk, name);
    await post(
      "anna",
      answerTo(answer, {
        from,
        subject: "Re: Rückgabe",
        text: "Danke, und wie lange habe ich Zeit?",
        at: Date.now(),
      }),
    );
    const messages = await messagesWhen(desk, conversation.id, {
      named: "the reply and its answer",
      holds: (all) =>
        all.filter(({ author }) => author === "customer").length === 2 &&
        all.filter(({ status }) => status === "sent").length >= 2,
    });
    const said = messages.filter(({ author }) => author === "customer").map(({ text }) => text);
    expect(said).toEqual([
      "Rückgabe\n\nWie kann ich etwas zurückgeben?",
      "Danke, und wie lange habe ich Zeit?",
    ]);
    expect(messages.some(({ text }) => text.includes("Alte Frage"))).toBe(false);
  });

  test("what Exim cannot deliver comes back as its bounce, and the answer is failed", async () => {
    const name = `Weg ${randomUUID().slice(0, 8)}`;
    const raw = writeLetter({
      from: `${name} <weg@kontor.example>`,
      to: SERVICE,
      subject: "Frage",
      text: "Wie kann ich etwas zurückgeben?",
      at: Date.now(),
    });
    await post("bernd", raw);
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "a failed answer",
      holds: (all) => all.some(({ author, status }) => author === "bot" && status === "failed"),
    });
    const error = messages.find(({ status }) => status === "failed")?.error;
    expect(error?.text).toMatch(/no such mailbox|the mail came back/);
  });
});
