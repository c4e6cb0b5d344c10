import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { type Company, newCompany } from "../outside/company.ts";
import { messagesOf } from "../outside/desk.ts";
import { type Colleague, colleague, type Office, openOffice, waitingCustomer } from "../outside/office.ts";
import { until } from "../outside/until.ts";

/** What a role may not do, and what another company never sees. */

let office: Office;
let company: Company;
let jana: Colleague;
let departmentId: number;

beforeAll(async () => {
  office = await openOffice();
  ({ company, jana, departmentId } = office);
});
afterAll(() => office?.close());

describe("limits", () => {
  test("of an agent's role", async () => {
    const refused = [
      () =>
        jana.client.refused(api.createStaff, { body: { name: "x", email: "x@example.com", role: "agent" } }),
      () => jana.client.refused(api.updateCompany, { body: { name: "Meins" } }),
      () => jana.client.refused(api.createApiKey, { body: { name: "x" } }),
      () => jana.client.refused(api.listApiKeys),
      () => jana.client.refused(api.createChannel, { body: { kind: "web", name: "x", origins: [] } }),
      () => jana.client.refused(api.createDepartment, { body: { name: "x" } }),
    ];
    for (const attempt of refused) expect(await attempt()).toMatchObject({ status: 403, code: "forbidden" });
    expect((await jana.client.call(api.listChannels)).items.every((each) => each.verifyToken === null)).toBe(
      true,
    );
  });

  test("of a company: every id of another answers 404", async () => {
    const { id, name } = await waitingCustomer(office);
    const { contact, channel } = await jana.client.call(api.getConversation, { params: { id } });
    const [message] = await messagesOf(jana.client, id);
    const messageId = message?.id ?? "";
    const call = await jana.client.call(api.createCallback, {
      params: { id },
      body: { phone: "+49 40 1", promisedAt: new Date(Date.now() + 3_600_000).toISOString() },
    });
    const { owner: other } = await newCompany(office.node);
    const params = { id };
    const attempts = [
      other.refused(api.getConversation, { params }),
      other.refused(api.listMessages, { params }),
      other.refused(api.sendMessage, { params, body: { clientId: randomUUID(), text: "x" } }),
      other.refused(api.takeConversation, { params }),
      other.refused(api.assignConversation, { params, body: {} }),
      other.refused(api.returnConversation, { params }),
      other.refused(api.closeConversation, { params }),
      other.refused(api.reopenConversation, { params }),
      other.refused(api.readConversation, { params }),
      other.refused(api.typeInConversation, { params }),
      other.refused(api.settleMessage, {
        params: { id: messageId },
        body: { conversationId: id, decision: "arrived" },
      }),
      other.refused(api.createCallback, {
        params,
        body: { phone: "+49 40 1", promisedAt: new Date(Date.now() + 3_600_000).toISOString() },
      }),
      other.refused(api.finishCallback, { params: { id: call.id }, body: { note: "x" } }),
      other.refused(api.getContact, { params: { id: contact.id } }),
      other.refused(api.updateContact, { params: { id: contact.id }, body: { name: "x" } }),
      other.refused(api.exportContact, { params: { id: contact.id } }),
      other.refused(api.eraseContact, { params: { id: contact.id }, body: { confirm: true } }),
      other.refused(api.mergeContacts, { params: { id: contact.id }, body: { into: contact.id } }),
      other.refused(api.undoMerge, { params: { id: 1 } }),
      other.refused(api.updateChannel, { params: { id: channel.id }, body: { name: "x" } }),
      other.refused(api.checkChannel, { params: { id: channel.id } }),
      other.refused(api.updateStaff, { params: { id: jana.id }, body: { name: "x" } }),
      other.refused(api.deleteDepartment, { params: { id: departmentId } }),
      other.refused(api.deleteTextBlock, { params: { id: 1 } }),
      other.refused(api.deleteApiKey, { params: { id: 1 } }),
      other.refused(api.settleParked, { params: { id: "1" }, body: { decision: "retry" } }),
    ];
    for (const [n, attempt] of attempts.entries()) expect([n, (await attempt).status]).toEqual([n, 404]);
    expect((await other.call(api.listConversations, { query: { view: "all" } })).items).toEqual([]);
    expect((await other.call(api.search, { query: { q: name } })).contacts).toEqual([]);
    expect((await other.call(api.listContacts)).items).toEqual([]);
    const stranger = jana.client.with({ "x-tenant": String(office.node.report.tenants[0]) });
    expect((await stranger.refused(api.me)).status).toBe(404);
  });

  test("who leaves the company is out at once", async () => {
    const leaving = await colleague(office, { name: "Theo Kurz", departmentId: null });
    await leaving.client.call(api.me);
    await company.owner.call(api.updateStaff, { params: { id: leaving.id }, body: { active: false } });
    await until("out", async () => (await leaving.client.send(api.me)).status !== 200, 10_000);
  });
});
