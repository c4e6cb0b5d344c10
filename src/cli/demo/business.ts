import { type Actor, type Kernel, localDate, openFiles, replyIn, setTimer, takeTimer } from "#kernel";
import type { CompanyInput, Content, Letterhead, Line, Role } from "../../skills/business/api.ts";
import { businessTimers } from "../../skills/business/jobs.ts";
import type { Desk } from "../../skills/business/ports.ts";
import { ACCEPT, CONFIRM, DECLINE, EXPIRE, MACHINE_DOWN } from "../../skills/business/rules/timer-kinds.ts";
import { insertCompany, readCompany } from "../../skills/business/store/companies.ts";
import { beginQuotation, renewDraft, saveDraft } from "../../skills/business/store/drafts.ts";
import { writeLetterhead } from "../../skills/business/store/letterhead.ts";
import { insertMachine } from "../../skills/business/store/machines.ts";
import { planForgetting } from "../../skills/business/store/personal.ts";
import { addPersonTo } from "../../skills/business/store/persons.ts";
import { readQuotation } from "../../skills/business/store/quotations.ts";
import { sendQuotation, withdrawQuotation } from "../../skills/business/store/sending.ts";
import { arrive, at } from "./moments.ts";
import { staffByName } from "./persons.ts";
import { customerSays, type Talk, talkWith } from "./talks.ts";

/** A maker of screws whose customers are companies: every quotation is made by the skill, with the clock of its day. */

export interface BusinessFile {
  /** Who writes the quotations: a colleague's name. */
  seller: string;
  letterhead: Letterhead;
  companies: (CompanyInput & {
    persons: { name: string; email: string; roles: Role[] }[];
    machines: { serial: string; model: string; place: string; technician: string | null }[];
  })[];
  deals: Deal[];
  breakdowns: Breakdown[];
}

interface Breakdown {
  company: number;
  person: number;
  minutesAgo: number;
  text: string;
}

interface Deal {
  company: number;
  person: number;
  daysAgo: number;
  outcome: "draft" | "sent" | "replaced" | "accepted" | "declined" | "withdrawn" | "expired";
  words?: string;
  enquiry: string;
  delivery: string;
  taxNote?: string;
  lines: Line[];
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** A quotation that ran out was valid for so long. */
const SHORT_DAYS = 14;

const desk: Desk = {
  files: (house) => openFiles(house as Kernel),
  reply: async (house, tx, actor, { conversationId, input }) => {
    const profile = await house.profile(actor.tenantId);
    return (await replyIn({ tx, kernel: house as Kernel, profile, actor }, conversationId, input)).id;
  },
};

interface Seeding {
  kernel: Kernel;
  tenantId: number;
  actor: Actor;
  /** By company, then by person. */
  talks: Talk[][];
  companies: number[];
  file: BusinessFile;
}

export async function seedBusiness(kernel: Kernel, tenantId: number, file: BusinessFile): Promise<void> {
  const staff = await staffByName(kernel, tenantId);
  const owner = file.seller;
  const actor: Actor = { tenantId, role: "owner", staffId: staff.get(owner) ?? "", name: owner };
  const seeding: Seeding = { kernel, tenantId, actor, talks: [], companies: [], file };
  const begun = kernel.clock.now();
  await kernel.db.tenant(tenantId, async (tx) => {
    await writeLetterhead(tx, tenantId, { ...file.letterhead, revision: 0 }, begun);
    await planForgetting(tx, tenantId, begun);
    for (const { persons, machines, ...input } of file.companies) {
      const companyId = await insertCompany(tx, tenantId, input, begun);
      seeding.companies.push(companyId);
      for (const person of persons) await addPersonTo(tx, tenantId, companyId, { person, now: begun });
      for (const { technician, ...machine } of machines) {
        const technicianId = technician === null ? null : (staff.get(technician) ?? null);
        await insertMachine(tx, tenantId, { companyId, input: { ...machine, technicianId } }, begun);
      }
      const shown = await readCompany(tx, tenantId, companyId);
      const talks: Talk[] = [];
      for (const { name } of persons) {
        const contactId = shown.persons.find((one) => one.name === name)?.contactId ?? 0;
        talks.push(
          await talkWith(tx, tenantId, { contactId, language: input.language, now: begun - 90 * DAY_MS }),
        );
      }
      seeding.talks.push(talks);
    }
  });
  const inOrder = [...file.deals].sort((a, b) => b.daysAgo - a.daysAgo);
  for (const deal of inOrder) await seedDeal(seeding, deal);
  await arrive(kernel, tenantId);
  for (const breakdown of file.breakdowns) await breakDown(seeding, breakdown);
  await arrive(kernel, tenantId);
}

/** Enquiry, quotation, and what became of it. */
async function seedDeal(seeding: Seeding, deal: Deal): Promise<void> {
  const { kernel, tenantId, actor } = seeding;
  const asked = kernel.clock.now() - deal.daysAgo * DAY_MS - 3 * HOUR_MS;
  const talk = seeding.talks[deal.company]?.[deal.person] as Talk;
  await kernel.db.tenant(tenantId, (tx) =>
    customerSays(tx, tenantId, talk, { text: deal.enquiry, at: asked }),
  );
  const then = at(kernel, asked + HOUR_MS);
  const id = await write(seeding, deal, { then, talk });
  if (deal.outcome === "draft") return;
  await send(then, actor, id);
  if (deal.outcome === "replaced") {
    const later = at(kernel, asked + 2 * HOUR_MS);
    const when = await dayOf(later, tenantId);
    await later.db.tenant(tenantId, (tx) => renewDraft(tx, tenantId, { id, ...when }));
    await send(later, actor, id);
  }
  if (deal.outcome === "withdrawn")
    await withdrawQuotation(at(kernel, asked + DAY_MS), desk, actor, {
      id,
      reason: deal.words ?? "",
      now: asked + DAY_MS,
    });
  if (deal.outcome === "accepted")
    await decide(seeding, deal, { id, kinds: [ACCEPT, CONFIRM], after: asked + 2 * HOUR_MS });
  if (deal.outcome === "declined")
    await decide(seeding, deal, { id, kinds: [DECLINE], after: asked + 5 * HOUR_MS });
  if (deal.outcome === "expired") await run(kernel, tenantId, EXPIRE, { quotationId: id });
}

async function dayOf(then: Kernel, tenantId: number): Promise<{ today: string; now: number }> {
  const { timeZone } = await then.profile(tenantId);
  return { today: localDate(then.clock.now(), timeZone), now: then.clock.now() };
}

async function write(
  { tenantId, actor, file }: Seeding,
  deal: Deal,
  { then, talk }: { then: Kernel; talk: Talk },
): Promise<number> {
  const when = await dayOf(then, tenantId);
  return then.db.tenant(tenantId, async (tx) => {
    const { conversationId } = talk;
    const id = await beginQuotation(tx, tenantId, { conversationId, by: actor.staffId, ...when });
    const [draft] = (await readQuotation(tx, tenantId, id)).versions;
    const { language } = file.companies[deal.company] as CompanyInput;
    const validUntil =
      deal.outcome === "expired"
        ? localDate(then.clock.now() + SHORT_DAYS * DAY_MS, "UTC")
        : (draft?.validUntil ?? when.today);
    const content: Content = {
      language,
      currency: "EUR",
      validUntil,
      lines: deal.lines,
      intro: "",
      delivery: deal.delivery,
      terms: file.letterhead.terms[language],
      taxNote: deal.taxNote ?? "",
    };
    await saveDraft(tx, tenantId, { id, revision: draft?.revision ?? 1, content, now: when.now });
    return id;
  });
}

async function send(then: Kernel, actor: Actor, id: number): Promise<void> {
  const { tenantId } = actor;
  const quotation = await then.db.tenant(tenantId, (tx) => readQuotation(tx, tenantId, id));
  const when = await dayOf(then, tenantId);
  await sendQuotation(then, desk, actor, { id, revision: quotation.versions[0]?.revision ?? 0, ...when });
}

/** The customer's last word, as the flow hands it over. */
async function decide(
  { kernel, tenantId, talks }: Seeding,
  deal: Deal,
  of: { id: number; kinds: string[]; after: number },
): Promise<void> {
  const talk = talks[deal.company]?.[deal.person] as Talk;
  const words = deal.words ?? "";
  const said = await kernel.db.tenant(tenantId, (tx) =>
    customerSays(tx, tenantId, talk, { text: words, at: of.after }),
  );
  const payload = { quotationId: of.id, version: 1, ...said, words, reason: words };
  for (const kind of of.kinds) await run(at(kernel, of.after + MINUTE_MS), tenantId, kind, payload);
}

async function run(
  then: Kernel,
  tenantId: number,
  kind: string,
  payload: Record<string, unknown>,
): Promise<void> {
  const timer = { tenantId, kind, key: "demo", payload, attempts: 0 };
  // A job speaks only while its timer stands; no worker takes this one before the job does.
  const dueAt = then.clock.now() + 365 * DAY_MS;
  await then.db.tenant(tenantId, (tx) => setTimer(tx, { ...timer, dueAt }));
  await businessTimers(then, desk)[kind]?.(timer);
  await then.db.tenant(tenantId, (tx) => takeTimer(tx, timer));
}

/** The newest cases: a machine stands still, and its technician has the conversation. */
async function breakDown(
  { kernel, tenantId, talks, companies }: Seeding,
  { company, person, minutesAgo, text }: Breakdown,
): Promise<void> {
  const talk = talks[company]?.[person] as Talk;
  const saidAt = kernel.clock.now() - minutesAgo * MINUTE_MS;
  const said = await kernel.db.tenant(tenantId, (tx) =>
    customerSays(tx, tenantId, talk, { text, at: saidAt }),
  );
  const shown = await kernel.db.tenant(tenantId, (tx) => readCompany(tx, tenantId, companies[company] ?? 0));
  const machineId = shown.machines.find(({ serial }) => text.includes(serial.replace(/\D/g, "")))?.id ?? null;
  await run(at(kernel, saidAt + MINUTE_MS), tenantId, MACHINE_DOWN, { ...said, words: text, machineId });
}
