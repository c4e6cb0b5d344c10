import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as business from "../../src/skills/business/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A company's buyer on WhatsApp and an agent: enquiry, quotation, order, confirmation, over HTTP as in the field. */

let node: SharedNode;
let house: Company;
let owner: ApiClient;
let line: WhatsappLine;
let close: () => Promise<void>;
let customer: business.Company;

beforeAll(async () => {
  node = await sharedNode();
  house = await newCompany(node);
  owner = house.owner;
  const connected = await connectWhatsapp(node, house);
  line = connected.line;
  close = connected.close;
  const blank = await owner.call(business.getLetterhead);
  const { missing, ...head } = blank;
  expect(missing).toContain("legalName");
  const address = {
    legalName: "Schraubenwerk Lüders GmbH",
    street: "Werkstraße 1",
    postalCode: "21493",
    city: "Schwarzenbek",
  };
  const saved = await owner.call(business.saveLetterhead, {
    body: { ...head, ...address, iban: "DE89370400440532013000" },
  });
  expect(saved).toMatchObject({ ...address, missing: [], revision: 1 });
  const wrong = await owner.refused(business.saveLetterhead, {
    body: { ...saved, iban: "DE88370400440532013000" },
  });
  expect(wrong.errors?.[0]?.path).toBe("iban");
  expect((await owner.refused(business.saveLetterhead, { body: { ...saved, revision: 9 } })).code).toBe(
    "conflict",
  );
  customer = await owner.call(business.createBusinessCompany, {
    body: { name: "Anlagenbau Öztürk GmbH", city: "Köln" },
  });
}, 150_000);
afterAll(() => close?.());

async function conversationWith(number: string): Promise<{ id: number; contactId: number }> {
  return until("the conversation is there", async () => {
    const { items } = await owner.call(api.listConversations, { query: { view: "all", limit: 100 } });
    for (const { id, contact } of items) {
      const { identities } = await owner.call(api.getContact, { params: { id: contact.id } });
      if (identities.some(({ value }) => value === number)) return { id, contactId: contact.id };
    }
    return null;
  });
}

async function somebody(
  roles: business.Role[],
): Promise<{ number: string; conversationId: number; contactId: number }> {
  const number = newNumber();
  await line.say({ from: number, text: "Guten Tag" });
  await line.answers(number, 1);
  const { id, contactId } = await conversationWith(number);
  await owner.call(business.addPerson, { params: { id: customer.id }, body: { contactId, roles } });
  return { number, conversationId: id, contactId };
}

const lines = [
  {
    text: "Zylinderschraube M6 × 40",
    quantityMilli: 2_000_000,
    unit: "Stück",
    priceCents: 890,
    per: 100,
    taxBp: 1900,
  },
];

async function offer(conversationId: number, validUntil: string): Promise<business.Quotation> {
  const begun = await owner.call(business.createQuotation, { body: { conversationId } });
  const [draft] = begun.versions;
  const saved = await owner.call(business.saveQuotation, {
    params: { id: begun.id },
    body: { language: "de", validUntil, lines, revision: draft?.revision ?? 0 },
  });
  return owner.call(business.sendQuotation, {
    params: { id: begun.id },
    body: { revision: saved.versions[0]?.revision ?? 0 },
  });
}

const soon = (): string => new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);

/** Says it until the process that answers knows the quotation; what it does not know is left to the agent. */
async function hears(number: string, said: string, words: string): Promise<void> {
  await until(
    `an answer with ${words}`,
    async () => {
      const before = (await line.sentTo(number)).length;
      await line.say({ from: number, text: said });
      return until(
        "an answer",
        async () => {
          const sent = (await line.sentTo(number)).slice(before).map(wordsOf);
          return sent.some((one) => one.includes(words));
        },
        2_000,
      ).catch(() => false);
    },
    30_000,
  );
}

test("a quotation is sent as a PDF, ordered by message after a yes, and confirmed as a PDF, once", async () => {
  const buyer = await somebody(["orderer"]);
  const party = await owner.call(business.getParty, { params: { id: buyer.conversationId } });
  expect(party).toMatchObject({ company: { id: customer.id }, person: { roles: ["orderer"] } });
  const begun = await owner.call(business.createQuotation, {
    body: { conversationId: buyer.conversationId },
  });
  const preview = await owner.call(business.previewQuotation, { params: { id: begun.id } });
  expect(Buffer.from(preview.pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  await owner.call(business.deleteDraft, { params: { id: begun.id } });

  const quotation = await offer(buyer.conversationId, soon());
  // 20 x 8.90 = 178.00 net, 33.82 tax
  expect(quotation.versions[0]?.totals).toMatchObject({
    netCents: 17_800,
    taxCents: 3_382,
    grossCents: 21_182,
  });
  const document = await until("the document", async () =>
    (await line.sentTo(buyer.number)).find(({ type }) => type === "document"),
  );
  expect(document.body).toMatchObject({
    document: { filename: expect.stringContaining(quotation.number ?? "?") },
  });
  const listed = await owner.call(business.listQuotations, {
    query: { state: "sent", companyId: customer.id },
  });
  expect(listed.items).toMatchObject([{ id: quotation.id, netCents: 17_800, state: "sent" }]);

  await hears(buyer.number, "Ja, bestellen wir", "Verbindlich bestellen?");
  const question = (await line.sentTo(buyer.number)).filter((sent) =>
    wordsOf(sent).includes("Verbindlich bestellen?"),
  );
  expect(wordsOf(question.at(-1) as never)).toContain("178,00");
  await Promise.all([
    line.say({ from: buyer.number, text: "Ja" }),
    line.say({ from: buyer.number, text: "Ja" }),
  ]);
  const ordered = await until("the confirmation is sent", async () => {
    const one = await owner.call(business.getQuotation, { params: { id: quotation.id } });
    return one.confirmation?.sentAt != null && one;
  });
  expect(ordered.acceptance).toMatchObject({ words: "Ja", sha256: ordered.versions[0]?.sha256 });
  const documents = await until("two documents", async () => {
    const sent = (await line.sentTo(buyer.number)).filter(({ type }) => type === "document");
    return sent.length >= 2 && sent;
  });
  expect(documents).toHaveLength(2);
  expect(documents[1]?.body).toMatchObject({
    document: { filename: expect.stringContaining(ordered.confirmation?.number ?? "?") },
  });
  const file = await fetch(`${owner.base}/api/v1/files/${ordered.confirmation?.fileId}`, {
    headers: owner.headers,
  });
  expect(file.headers.get("content-type")).toBe("application/pdf");
});

test("a wrong person orders nothing; what is withdrawn or replaced can no more be ordered", async () => {
  const fitter = await somebody(["technician"]);
  const quotation = await offer(fitter.conversationId, soon());
  await hears(fitter.number, "Wir nehmen das Angebot an", "nur die Personen");
  expect((await owner.call(business.getQuotation, { params: { id: quotation.id } })).acceptance).toBeNull();
  const renewed = await owner.call(business.renewQuotation, { params: { id: quotation.id } });
  expect(renewed.versions[0]).toMatchObject({ version: 2, state: "draft" });
  await owner.call(business.deleteDraft, { params: { id: quotation.id } });
  const withdrawn = await owner.call(business.withdrawQuotation, {
    params: { id: quotation.id },
    body: { reason: "Der Stahlpreis hat sich geändert." },
  });
  expect(withdrawn.versions[0]).toMatchObject({
    state: "withdrawn",
    reason: "Der Stahlpreis hat sich geändert.",
  });
  await until("told", async () =>
    (await line.sentTo(fitter.number)).some((sent) => wordsOf(sent).includes("Stahlpreis")),
  );
});

test("a day in the past is refused, and a private conversation has no quotations", async () => {
  const boss = await somebody(["decision_maker"]);
  await expect(offer(boss.conversationId, "2020-01-01")).rejects.toThrow("400");
  const { persons } = await owner.call(business.getBusinessCompany, { params: { id: customer.id } });
  const person = persons.find(({ contactId }) => contactId === boss.contactId);
  await owner.call(business.setRoles, { params: { id: person?.id ?? 0 }, body: { roles: ["accounts"] } });
  const left = await owner.refused(business.removePerson, { params: { id: 999_999_999 } });
  expect(left.code).toBe("not_found");
  await owner.call(business.removePerson, { params: { id: person?.id ?? 0 } });
  const party = await owner.call(business.getParty, { params: { id: boss.conversationId } });
  expect(party).toMatchObject({ company: null, person: null, machines: [], quotations: [] });
  const refused = await owner.refused(business.createQuotation, {
    body: { conversationId: boss.conversationId },
  });
  expect(refused.code).toBe("rule_broken");
});

test("companies, machines and drawings with versions are kept by revision, apart from other companies' and tenants'", async () => {
  const { id } = await owner.call(business.createBusinessCompany, {
    body: { name: "Zahnradfabrik Zeller", number: "77" },
  });
  const params = { id };
  const taken = await owner.refused(business.createBusinessCompany, {
    body: { name: "Zeller", number: "77" },
  });
  expect(taken.errors?.[0]?.path).toBe("number");
  const renamed = await owner.call(business.replaceCompany, {
    params,
    body: { name: "Zeller KG", number: "77", revision: 1 },
  });
  expect(renamed).toMatchObject({ name: "Zeller KG", revision: 2 });
  const late = await owner.refused(business.replaceCompany, {
    params,
    body: { name: "Zu spät", revision: 1 },
  });
  expect(late.code).toBe("conflict");
  const found = await owner.call(business.listCompanies, { query: { q: "zeller", limit: 1 } });
  expect(found.items).toMatchObject([{ id, persons: 0, machines: 0 }]);

  const withMachine = await owner.call(business.addMachine, {
    params,
    body: { serial: "SW 200/0815", model: "SW 200" },
  });
  const [machine] = withMachine.machines;
  const moved = await owner.call(business.replaceMachine, {
    params: { id: machine?.id ?? 0 },
    body: { serial: "SW 200/0815", model: "SW 200 B", place: "Halle 4", revision: 1 },
  });
  expect(moved.machines).toMatchObject([{ model: "SW 200 B", place: "Halle 4", revision: 2 }]);
  const upload = async (words: string): Promise<string> => {
    const answer = await fetch(`${owner.base}/api/v1/files?name=plan.txt`, {
      method: "POST",
      headers: { ...owner.headers, "content-type": "text/plain" },
      body: words,
    });
    return ((await answer.json()) as { fileId: string }).fileId;
  };
  const fileId = await upload("Plan A");
  const drawn = await owner.call(business.addDrawing, {
    params,
    body: { fileId, title: "Schaltplan", machineId: machine?.id ?? 0 },
  });
  const drawingId = drawn.drawings[0]?.id ?? 0;
  const again = await owner.refused(business.addDrawingVersion, {
    params: { id: drawingId },
    body: { fileId },
  });
  expect(again.errors?.[0]?.path).toBe("fileId");
  const second = await owner.call(business.addDrawingVersion, {
    params: { id: drawingId },
    body: { fileId: await upload("Plan B"), note: "neue Steuerung" },
  });
  expect(second.drawings[0]?.versions.map(({ version, note }) => [version, note])).toEqual([
    [2, "neue Steuerung"],
    [1, ""],
  ]);

  const neighbour = await newCompany(node);
  expect((await neighbour.owner.refused(business.getBusinessCompany, { params })).code).toBe("not_found");
  expect(
    (await neighbour.owner.refused(business.deleteMachine, { params: { id: machine?.id ?? 0 } })).code,
  ).toBe("not_found");
  await owner.call(business.deleteDrawing, { params: { id: drawingId } });
  const bare = await owner.call(business.deleteMachine, { params: { id: machine?.id ?? 0 } });
  expect(bare).toMatchObject({ machines: [], drawings: [] });
  const person = { name: "Paula Zeller", email: "paula@zeller.example", roles: ["orderer" as const] };
  const peopled = await owner.call(business.addPerson, { params, body: person });
  expect(peopled.persons).toMatchObject([{ name: "Paula Zeller", identities: [{ kind: "email" }] }]);
  await owner.call(business.deleteCompany, { params });
  expect((await owner.refused(business.getBusinessCompany, { params })).code).toBe("not_found");
});
