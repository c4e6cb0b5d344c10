import { beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** Consent and agreements as a company's own program sees them. */

let node: SharedNode;
let company: Company;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
});

/** A purpose of this node that rests on consent. */
async function consentPurpose(): Promise<string> {
  const { items } = await company.owner.call(api.listPurposes);
  const found = items.find(({ legalBasis }) => legalBasis === "consent");
  if (!found) throw new Error("No skill asks for consent");
  return found.id;
}

describe("consents", () => {
  test("come in with their evidence, are shown, are taken back by STOP, and come again", async () => {
    const purpose = await consentPurpose();
    const { channel, line, close } = await connectWhatsapp(node, company);
    try {
      const row = (address: string, evidence: string) =>
        `${channel.id},${address},"Jörg Müßig-Straße, geb. Ü",${purpose},u3,de,"Ja, Hinweise zur U3.",2026-03-02,${evidence}`;
      const csv = [
        "channel_id,address,name,purpose,topic,language,text,given_at,evidence",
        row("+49 171 5550101", "Formular 17"),
        row("+49 171 5550102", ""),
        row("not a number", "Formular 18"),
        row("0049 171 5550103", "Formular 19").replace(purpose, "service.answer"),
      ].join("\r\n");
      expect(await company.owner.call(api.importConsents, { body: { csv } })).toEqual({
        accepted: 1,
        refused: [
          { line: 3, reason: "evidence is missing" },
          { line: 4, reason: "address is not one of this channel" },
          { line: 5, reason: "purpose is none that rests on consent" },
        ],
      });
      const { items } = await company.owner.call(api.listContacts, { query: { q: "Müßig" } });
      expect(items).toHaveLength(1);
      const params = { id: items[0]?.id as number };
      const consents = async () => (await company.owner.call(api.listConsents, { params })).items;
      expect(await consents()).toMatchObject([
        { purpose, topic: "u3", text: "Ja, Hinweise zur U3.", how: "import", withdrawnAt: null },
      ]);
      await line.say({ from: "491715550101", text: "Stopp" });
      await until("the grant is withdrawn", async () => (await consents())[0]?.withdrawnHow === "message");
      const given = await company.owner.call(api.addConsent, {
        params,
        body: { channelId: channel.id, purpose, language: "de", text: "Doch, gern.", evidence: { call: 7 } },
      });
      expect(given).toMatchObject({ how: "staff", topic: "", withdrawnAt: null });
      expect(await consents()).toHaveLength(2);
      expect(await company.owner.call(api.withdrawConsents, { params, body: { purpose } })).toEqual({
        withdrawn: 1,
      });
      for (const body of [
        {
          channelId: channel.id,
          purpose: "service.answer",
          language: "de" as const,
          text: "Ja",
          evidence: { a: 1 } as Record<string, number>,
        },
        {
          channelId: 999_999_999,
          purpose,
          language: "de" as const,
          text: "Ja",
          evidence: { a: 1 } as Record<string, number>,
        },
        {
          channelId: channel.id,
          purpose,
          language: "de" as const,
          text: "Ja",
          evidence: {} as Record<string, string>,
        },
      ])
        expect((await company.owner.refused(api.addConsent, { params, body })).status).toBe(400);
      const stranger = await newCompany(node);
      expect((await stranger.owner.refused(api.listConsents, { params })).code).toBe("not_found");
    } finally {
      await close();
    }
  });
});

describe("agreements", () => {
  test("are proposed by one company, agreed to by the other, ended by either", async () => {
    const other = await newCompany(node);
    const body = {
      withTenantId: other.id,
      purpose: "delivery.promise",
      fields: ["address", "window"],
      expiresAt: "2099-01-01T00:00:00Z",
    };
    const made = await company.owner.call(api.proposeAgreement, { body });
    expect(made).toMatchObject({ tenantId: company.id, withTenantId: other.id, agreedAt: null });
    const params = { id: made.id };
    expect((await company.owner.refused(api.acceptAgreement, { params })).code).toBe("not_found");
    expect((await other.owner.call(api.acceptAgreement, { params })).agreedAt).not.toBeNull();
    expect((await other.owner.call(api.listAgreements)).items).toMatchObject([
      { id: made.id, revokedAt: null },
    ]);
    await company.owner.call(api.revokeAgreement, { params });
    expect((await company.owner.refused(api.revokeAgreement, { params })).code).toBe("not_found");
    expect((await other.owner.call(api.listAgreements)).items[0]?.revokedAt).not.toBeNull();
    const nobody = { ...body, withTenantId: 999_999_999 };
    expect((await company.owner.refused(api.proposeAgreement, { body: nobody })).code).toBe("bad_request");
  });
});
