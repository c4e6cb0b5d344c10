import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import type { ApiClient } from "../outside/api-client.ts";
import { newCompany } from "../outside/company.ts";
import { sharedNode } from "../shared-node.ts";

/** A mailbox is connected and changed by the API; its password goes in and never comes out. */

const PASSWORD = `geheim-${randomUUID()}`;
let owner: ApiClient;

beforeAll(async () => {
  owner = (await newCompany(await sharedNode())).owner;
});

const nowhere = { host: "127.0.0.1", port: 9, security: "none" as const };
const mailbox = () => ({
  kind: "email" as const,
  name: "Postfach",
  address: `Service-${randomUUID().slice(0, 8)}@Kontor.example`,
  password: PASSWORD,
  imap: nowhere,
  smtp: nowhere,
});

describe("a mailbox", () => {
  test("is made with its address in lower case, without webhook, without its password", async () => {
    const body = mailbox();
    const channel = await owner.call(api.createChannel, { body });
    expect(channel).toMatchObject({
      kind: "email",
      address: body.address.toLowerCase(),
      webhook: null,
      verifyToken: null,
      settings: { folder: "INBOX", imap: nowhere, plusAddresses: false },
    });
    expect(JSON.stringify([channel, await owner.call(api.listChannels)])).not.toContain(PASSWORD);
    expect((await owner.send(api.createChannel, { body })).status).toBe(409);
  });

  test("is changed in parts, and checked in sentences", async () => {
    const { id } = await owner.call(api.createChannel, { body: mailbox() });
    const change = { mailbox: { fromName: "Kontor Nord", folder: "Kunden" }, token: `${PASSWORD}-neu` };
    const channel = await owner.call(api.updateChannel, { params: { id }, body: change });
    expect(channel.settings).toMatchObject({ fromName: "Kontor Nord", folder: "Kunden", imap: nowhere });
    expect(JSON.stringify(channel)).not.toContain(PASSWORD);
    const { steps } = await owner.call(api.inspectChannel, { params: { id } });
    expect(steps.slice(0, 2)).toMatchObject([
      { name: "imap", level: "bad", text: { de: expect.stringContaining("127.0.0.1:9") } },
      { name: "smtp", level: "bad" },
    ]);
    expect(await owner.call(api.checkChannel, { params: { id } })).toEqual({
      ok: false,
      text: "IMAP: 127.0.0.1:9 listens at no such port. SMTP: 127.0.0.1:9 listens at no such port.",
    });
  });

  test("is never spoken to in clear beyond this machine", async () => {
    const clear = { ...nowhere, host: "mail.example.org" };
    expect((await owner.send(api.createChannel, { body: { ...mailbox(), imap: clear } })).status).toBe(400);
    const { id } = await owner.call(api.createChannel, { body: mailbox() });
    const refused = await owner.send(api.updateChannel, {
      params: { id },
      body: { mailbox: { smtp: clear } },
    });
    expect([refused.status, refused.text.includes("smtp.security")]).toEqual([400, true]);
  });
});
