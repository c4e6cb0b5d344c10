import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFiles } from "#kernel";
import * as business from "../../src/skills/business/api.ts";
import { openKnown } from "../../src/skills/business/store/known.ts";
import { skills } from "../../src/skills.ts";
import { BusinessStage } from "../outside/business-stage.ts";
import { openParts } from "../outside/company-stage.ts";

/** Companies as customers, where something dies in the middle, is removed, or is very large. */

const DAY = 86_400_000;
const skill = skills.find(({ id }) => id === "business") as (typeof skills)[number];
let stage: BusinessStage;
let company: business.Company;

const read = (id: number) => stage.call(business.getQuotation, { params: { id } });

beforeAll(async () => {
  stage = new BusinessStage(await openParts(skills, Date.parse("2026-11-24T09:00:00Z")));
  await stage.rows(
    `insert into kernel.staff (tenant_id, user_id, name, role, created_at) values (${stage.tenantId}, 'tech', 'Ole Techniker', 'agent', '2026-01-01')`,
  );
  company = await stage.call(business.createBusinessCompany, { body: { name: "Beck Maschinenbau GmbH" } });
  await stage.call(business.addMachine, {
    params: { id: company.id },
    body: { serial: "MX-4711", model: "Presse 200", place: "Halle 2", technicianId: "tech" },
  });
});
afterAll(() => stage.here.close());

/** Runs a job twice, as after a process that died behind the commit. */
async function twice(kind: string, who: string, payload: Record<string, unknown>): Promise<void> {
  const conversationId = await stage.conversationOf(who);
  const [said] = await stage.rows(
    `select id from kernel.message where conversation_id = ${conversationId} and author = 'customer' order by id desc limit 1`,
  );
  const contactId = await stage.contactOf(who);
  const whole = { ...payload, contactId, conversationId, messageId: String(said?.id), words: "so" };
  const tenantId = stage.tenantId;
  const later = new Date(stage.here.clock.now() + DAY).toISOString();
  await stage.rows(
    `insert into kernel.timer (tenant_id, kind, key, due_at, payload) values (${tenantId}, '${kind}', 'twice', '${later}', '${JSON.stringify(whole)}')`,
  );
  const work = skill.timers?.(stage.here.kernel)[kind];
  if (typeof work !== "function") throw new Error(`no job ${kind}`);
  const timer = { tenantId, kind, key: "twice", payload: whole, attempts: 1 };
  await work(timer);
  await work({ ...timer, attempts: 2 });
  await stage.here.settle();
}

test("a quotation is declined once, and the customer hears it once", async () => {
  await stage.speaksFor("twice", ["orderer"], company);
  const { id } = await stage.offer("twice");
  const before = stage.sentTo("twice").length;
  await twice("business_decline", "twice", { quotationId: id, version: 1, reason: "Zu teuer" });
  expect((await read(id)).versions[0]).toMatchObject({ state: "declined", reason: "Zu teuer" });
  expect(stage.sentTo("twice").slice(before)).toHaveLength(1);
  expect(stage.lastTo("twice")).not.toContain("gilt nicht mehr");
});

test("a machine's technician is called once", async () => {
  await stage.speaksFor("again", ["technician"], company);
  const before = stage.sentTo("again").length;
  const [machine] = await stage.rows("select id from business.machine where serial = 'MX-4711'");
  await twice("business_machine_down", "again", { machineId: Number(machine?.id) });
  expect(stage.sentTo("again").slice(before)).toHaveLength(1);
  expect(stage.lastTo("again")).toContain("Ole Techniker betreut sie");
});

test("the document of a quotation that was sent stays, whatever fails behind the commit", async () => {
  await stage.speaksFor("lost", ["orderer"], company);
  const { kernel } = stage.here;
  const { announce } = kernel;
  const { id, revision } = await stage.draft("lost");
  kernel.announce = () => Promise.reject(new Error("connection lost"));
  try {
    const sending = stage.call(business.sendQuotation, { params: { id }, body: { revision } });
    await expect(sending).rejects.toThrow("connection lost");
  } finally {
    kernel.announce = announce;
  }
  const sent = await read(id);
  expect(sent.versions[0]?.state).toBe("sent");
  const bytes = await openFiles(kernel).read(stage.tenantId, sent.versions[0]?.fileId ?? "");
  expect(createHash("sha256").update(bytes.bytes).digest("hex")).toBe(sent.versions[0]?.sha256);
});

test("a company that is removed takes its files with it", async () => {
  const gone = await stage.call(business.createBusinessCompany, { body: { name: "Kurz GmbH" } });
  async function* bytes() {
    yield Buffer.from("%PDF-1.4 Vertrag");
  }
  const { fileId } = await openFiles(stage.here.kernel).receive(
    { tenantId: stage.tenantId, name: "vertrag.pdf", limitBytes: 1_000 },
    bytes(),
  );
  const params = { id: gone.id };
  await stage.call(business.addDrawing, { params, body: { machineId: null, title: "Vertrag", fileId } });
  await stage.call(business.deleteCompany, { params });
  expect(await stage.rows(`select 1 from kernel.file where id = '${fileId}'`)).toEqual([]);
});

test("a machine is found among thousands, of which only those are read that may be meant", async () => {
  await stage.rows(
    `insert into business.machine (tenant_id, company_id, serial, serial_key, model, created_at)
        select ${stage.tenantId}, ${company.id}, 'QX-' || n, 'QX' || n, 'Säge', '2026-01-01' from generate_series(100000, 103000) n`,
  );
  await stage.speaksFor("works", ["technician"], company);
  await stage.says("works", "Maschine QX-102999 steht");
  expect(stage.lastTo("works")).toContain("QX-102999 (Säge)");
  const known = openKnown(stage.here.kernel);
  const contactId = await stage.contactOf("works");
  const at = { tenantId: stage.tenantId, contactId };
  const serials = async (text: string) => {
    await known.prepare([stage.tenantId], [{ ...at, text }]);
    return known.known(stage.tenantId).machines.map(({ serial }) => serial);
  };
  expect(await serials("Guten Tag")).toEqual([]);
  expect(await serials("Maschine 102999 steht")).toContain("QX-102999");
  expect((await serials("Die Maschine steht")).length).toBeLessThan(20);
  await stage.rows("delete from business.machine where serial like 'QX-%'");
});
