import { createHash, randomBytes, randomInt } from "node:crypto";
import { sql } from "kysely";
import {
  type Actor,
  AppError,
  deleteFile,
  type House,
  instantOf,
  type Media,
  setTimer,
  type Tx,
} from "#kernel";
import { qrPng } from "../adapters/qr-png.ts";
import { requestContent } from "../flows/request-card.ts";
import type { Desk } from "../ports.ts";
import { giroCode } from "../rules/girocode.ts";
import { BODY_DIGITS, creditorReference } from "../rules/reference.ts";
import { nextReminder } from "../rules/reminders.ts";
import { EXPIRE } from "../rules/timer-kinds.ts";
import { planForgetting } from "./forgetting.ts";
import { hasProvider } from "./providers.ts";
import { readSettings } from "./settings.ts";
import { pageAddress } from "./shown.ts";
import { inTenant, KNOWN, moment, tell } from "./tx.ts";

/** Asking for a payment. */

export interface NewRequest {
  readonly key: string;
  readonly conversationId?: number | undefined;
  readonly amountMinor: number;
  readonly currency: "EUR";
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly amountMinor: number }[];
  readonly dueOn?: string | undefined;
  readonly expiresOn?: string | undefined;
  readonly language?: "de" | "en" | undefined;
}

const MOST_BYTES = 64 * 1024;
const DAY_MINUTES = 1_440;
/** Conversations on the company's own pages draw the code themselves. */
const DRAWS_CARDS = "web";

/**
 * Stores and, with a conversation, sends in one transaction.
 * @returns the request's id; that of the first call for a key that was used before
 * @throws AppError not_found, bad_request, conflict for the key with other content, rule_broken as long as no way to pay is
 * set up, window_closed, not_allowed_to_contact
 */
export async function askForPayment(
  parts: { house: House; desk: Desk },
  actor: Actor,
  given: NewRequest,
): Promise<number> {
  const { house, desk } = parts;
  const { tenantId } = actor;
  const fingerprint = fingerprintOf(given);
  check(given);
  const when = await moment(house, tenantId);
  const plan = await inTenant(house, tenantId, (tx) =>
    planRequest(tx, tenantId, { given, fingerprint, ...when }),
  );
  if ("id" in plan) return plan.id;
  const code = await codePicture(desk, house, { tenantId, given, plan });
  try {
    const made = await inTenant(house, tenantId, async (tx) => {
      const { staffId: by } = actor;
      const id = await insertRequest(tx, tenantId, { given, plan, fingerprint, by, now: when.now });
      if (id === null) return null;
      await setDates(house, tx, { tenantId, id, plan });
      if (plan.place) await send(parts, tx, actor, { id, given, plan, code });
      await tell(tx, tenantId, `request ${id}`, when.now);
      return id;
    });
    if (made !== null) {
      await house.announce(KNOWN, tenantId);
      return made;
    }
  } catch (error) {
    await dropPicture(house, tenantId, code);
    throw error;
  }
  // Somebody else was quicker with the same key.
  await dropPicture(house, tenantId, code);
  const first = await inTenant(house, tenantId, (tx) => firstOf(tx, tenantId, given.key, fingerprint));
  if (first === null) throw new AppError("conflict");
  return first;
}

/** Says whether a key was used for the same. */
export const fingerprintOf = (given: NewRequest): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(given)))
    .digest("hex");

const sorted = (given: NewRequest) => [
  given.conversationId ?? null,
  given.amountMinor,
  given.currency,
  given.title,
  given.lines.map(({ text, amountMinor }) => [text, amountMinor]),
  given.dueOn ?? null,
  given.expiresOn ?? null,
  // Where none was said, prints from before it counted stay good.
  ...(given.language === undefined ? [] : [given.language]),
];

/** @throws AppError bad_request */
function check({ lines, amountMinor, dueOn, expiresOn }: NewRequest): void {
  const sum = lines.reduce((all, one) => all + one.amountMinor, 0);
  const fault = (path: string, message: string) =>
    new AppError("bad_request", undefined, [{ path, message }]);
  if (lines.length > 0 && sum !== amountMinor) throw fault("lines", "do not come to the amount");
  if (dueOn && expiresOn && expiresOn < dueOn) throw fault("expiresOn", "is before the due day");
}

interface Plan {
  readonly place: { contactId: number; kind: string } | null;
  readonly language: "de" | "en" | null;
  readonly dueOn: string;
  readonly expiresOn: string | null;
  readonly reference: string;
  readonly pageKey: string;
  readonly settings: Awaited<ReturnType<typeof readSettings>>;
}

export async function planRequest(
  tx: Tx,
  tenantId: number,
  of: { given: NewRequest; fingerprint: string; today: string },
): Promise<Plan | { id: number }> {
  const { given } = of;
  const first = await firstOf(tx, tenantId, given.key, of.fingerprint);
  if (first !== null) return { id: first };
  const settings = await readSettings(tx, tenantId);
  if (settings.missing.length > 0 && !(await hasProvider(tx, tenantId)))
    throw new AppError(
      "rule_broken",
      "no_account: say first to which account money goes, or connect a service.",
    );
  const { conversationId } = given;
  const dueOn = given.dueOn ?? nextReminder(of.today, settings.dueDays);
  return {
    place: conversationId === undefined ? null : await placeOf(tx, tenantId, conversationId),
    language: given.language ?? null,
    dueOn,
    expiresOn: given.expiresOn ?? (settings.endDays === 0 ? null : nextReminder(dueOn, settings.endDays)),
    reference: creditorReference(String(randomInt(10 ** BODY_DIGITS)).padStart(BODY_DIGITS, "0")),
    pageKey: randomBytes(16).toString("hex"),
    settings,
  };
}

/** @returns the request of an earlier call with this key; null = none @throws AppError conflict */
export async function firstOf(
  tx: Tx,
  tenantId: number,
  key: string,
  fingerprint: string,
): Promise<number | null> {
  const { rows } = await sql<{ id: number; fingerprint: string }>`
    select id, fingerprint from pay.request where tenant_id = ${tenantId} and key = ${key}`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  if (row.fingerprint !== fingerprint)
    throw new AppError("conflict", "This key was used for another payment request.");
  return row.id;
}

async function placeOf(tx: Tx, tenantId: number, id: number): Promise<{ contactId: number; kind: string }> {
  const { rows } = await sql<{ contactId: number; kind: string }>`
    select v.contact_id as "contactId", h.kind from kernel.conversation v
    join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    where v.tenant_id = ${tenantId} and v.id = ${id}`.execute(tx);
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

async function codePicture(
  desk: Desk,
  house: House,
  { tenantId, given, plan }: { tenantId: number; given: NewRequest; plan: Plan },
): Promise<Media | undefined> {
  const { settings, place, reference } = plan;
  if (settings.iban === "" || !place || place.kind === DRAWS_CARDS || given.conversationId === undefined)
    return undefined;
  const { holder: name, iban, bic } = settings;
  const png = qrPng(giroCode({ name, iban, bic, amountMinor: given.amountMinor, reference }));
  async function* bytes() {
    yield png;
  }
  const { conversationId } = given;
  const file = { tenantId, conversationId, name: "girocode.png", limitBytes: MOST_BYTES };
  const { fileId, mime, size } = await desk.files(house).receive(file, bytes());
  return { fileId, mime, name: "girocode.png", size };
}

/** Nothing names the file: without this it would stay for ever. */
async function dropPicture(house: House, tenantId: number, code: Media | undefined): Promise<void> {
  const fileId = code?.fileId;
  if (fileId) await inTenant(house, tenantId, (tx) => deleteFile(tx, tenantId, fileId));
}

/** @returns null when the key was used meanwhile */
export async function insertRequest(
  tx: Tx,
  tenantId: number,
  of: { given: NewRequest; plan: Plan; fingerprint: string; by: string; now: number },
): Promise<number | null> {
  const { given, plan } = of;
  const { rows } = await sql<{ id: number }>`
    insert into pay.request (tenant_id, key, fingerprint, page_key, reference, title, lines, currency, amount_minor, state, due_on, expires_on,
      language, created_by, created_at)
    values (${tenantId}, ${given.key}, ${of.fingerprint}, ${plan.pageKey}, ${plan.reference}, ${given.title}, ${JSON.stringify(given.lines)}::jsonb,
      ${given.currency}, ${given.amountMinor}, 'open', ${plan.dueOn}, ${plan.expiresOn},
      coalesce(${plan.language}, (select language from kernel.conversation where tenant_id = ${tenantId} and id = ${given.conversationId ?? null}), 'de'),
      ${of.by}, ${new Date(of.now)})
    on conflict (tenant_id, key) do nothing returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) return null;
  if (plan.place)
    await sql`insert into pay.request_place (tenant_id, request_id, conversation_id, contact_id)
      values (${tenantId}, ${id}, ${given.conversationId ?? null}, ${plan.place.contactId})`.execute(tx);
  return id;
}

export async function setDates(
  house: House,
  tx: Tx,
  { tenantId, id, plan }: { tenantId: number; id: number; plan: Plan },
): Promise<void> {
  const { timeZone } = await house.profile(tenantId);
  await planForgetting(tx, tenantId, house.clock.now());
  if (plan.expiresOn === null) return;
  const dueAt = instantOf(timeZone, plan.expiresOn, DAY_MINUTES);
  await setTimer(tx, { tenantId, kind: EXPIRE, key: String(id), dueAt, payload: { requestId: id } });
}

async function send(
  { house, desk }: { house: House; desk: Desk },
  tx: Tx,
  actor: Actor,
  of: { id: number; given: NewRequest; plan: Plan; code: Media | undefined },
): Promise<void> {
  const { id, given, plan } = of;
  const { conversationId } = given;
  if (conversationId === undefined) return;
  const { tenantId } = actor;
  const { rows } = await sql<{ language: "de" | "en" }>`
    select language from pay.request where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  const { holder, iban, mostReminders } = plan.settings;
  const content = requestContent({
    id,
    title: given.title,
    lines: given.lines,
    owedMinor: given.amountMinor,
    currency: given.currency,
    dueOn: plan.dueOn,
    reference: plan.reference,
    language: rows[0]?.language ?? "de",
    form: (await house.profile(tenantId)).formOfAddress,
    holder,
    iban,
    link: pageAddress(desk.publicUrl(house), tenantId, plan.pageKey),
    code: of.code,
    mostReminders,
  });
  const clientId = clientIdOf(tenantId, "request", id);
  await desk.reply(house, tx, actor, { conversationId, input: { clientId, content } });
}

/** One id for one act, so that the same call a second time sends nothing a second time. */
export function clientIdOf(...act: readonly (string | number)[]): string {
  const hex = createHash("sha256")
    .update(`pay ${act.join(" ")}`)
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
