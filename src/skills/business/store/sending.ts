import { createHash } from "node:crypto";
import {
  type Actor,
  AppError,
  type Content,
  deleteFile,
  type House,
  instantOf,
  type Media,
  type Tx,
  translate,
} from "#kernel";
import type { Version } from "../api.ts";
import { optionId } from "../flows/option-ids.ts";
import type { Desk } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { spokenDay, spokenMoney } from "../rules/spoken.ts";
import { keepDocument, makeDocument, planDocument } from "./documents.ts";
import { isOfRecord, markSent, numberDraft } from "./issue.ts";
import { withdraw } from "./orders.ts";
import { lockQuotation, readQuotation } from "./quotations.ts";
import { changing, inTenant } from "./tx.ts";

/** A quotation leaves the house in its conversation, as the agent's words. */

const DAY_MINUTES = 1440;

/** One id for one act, so that the same call a second time sends nothing a second time. */
function clientId(...act: readonly (string | number)[]): string {
  const hex = createHash("sha256").update(act.join(" ")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface Sending {
  id: number;
  revision: number;
  today: string;
  now: number;
}

/** @throws AppError not_found, conflict, bad_request, rule_broken, window_closed, not_allowed_to_contact */
export async function sendQuotation(house: House, desk: Desk, actor: Actor, sending: Sending): Promise<void> {
  const { tenantId } = actor;
  const { id } = sending;
  const profile = await house.profile(tenantId);
  const plan = await inTenant(house, tenantId, async (tx) => {
    await numberDraft(tx, tenantId, sending);
    return planDocument(house, tx, tenantId, { id, kind: "quotation", version: null });
  });
  const { conversationId, number } = plan.quotation;
  if (conversationId === null) throw new AppError("rule_broken");
  const document = await makeDocument(plan);
  const kept = await keepDocument(house, desk, { tenantId, conversationId }, document);
  const { version } = plan;
  try {
    await changing(house, tenantId, async (tx) => {
      await lockQuotation(tx, tenantId, id);
      const endsAt = instantOf(profile.timeZone, version.validUntil, DAY_MINUTES);
      await markSent(tx, tenantId, { ...sending, fileId: kept.fileId, sha256: kept.sha256, endsAt });
      const [caption, question] = contentsOf(version, {
        number: number ?? "",
        id,
        form: profile.formOfAddress,
        media: { ...kept.copy, sha256: kept.sha256 },
      });
      for (const [part, content] of [caption, question].entries())
        await desk.reply(house, tx, actor, {
          conversationId,
          input: { clientId: clientId("quotation", tenantId, id, version.version, part), content },
        });
    });
  } catch (error) {
    await inTenant(house, tenantId, async (tx) => {
      // The connection may go while the commit is answered: then it was sent, and the law keeps the document.
      if (await isOfRecord(tx, tenantId, { id, fileId: kept.fileId })) return;
      // Nothing names these files: without this they would stay for ever.
      for (const fileId of [kept.fileId, kept.copy.fileId]) await deleteFile(tx, tenantId, fileId);
    });
    throw error;
  }
}

function contentsOf(
  version: Version,
  of: {
    number: string;
    id: number;
    form: "sie" | "du";
    media: Media;
  },
): [Content, Content] {
  const { language, currency, totals, validUntil } = version;
  const say = (key: string, values = {}) => translate(catalogue, { language, form: of.form }, key, values);
  const text = say(version.version > 1 ? "offeredNext" : "offered", {
    number: of.number,
    version: version.version,
    net: spokenMoney(totals.netCents, currency, language),
    gross: spokenMoney(totals.grossCents, currency, language),
    day: spokenDay(validUntil, language),
  });
  const options = [
    { id: optionId("order", of.id, version.version), title: say("optionOrder") },
    { id: optionId("decline", of.id, version.version), title: say("optionDecline") },
  ];
  return [
    { type: "document", text, media: of.media },
    { type: "text", text: say("offeredAsk"), options },
  ];
}

/** The customer is told in the conversation. @throws AppError not_found; rule_broken when nothing is open */
export async function withdrawQuotation(
  house: House,
  desk: Desk,
  actor: Actor,
  of: { id: number; reason: string; now: number },
): Promise<void> {
  const { tenantId } = actor;
  const { formOfAddress: form } = await house.profile(tenantId);
  await changing(house, tenantId, async (tx: Tx) => {
    const version = await withdraw(tx, tenantId, of);
    if (!version) throw new AppError("rule_broken", "Nothing of it is open.");
    const { number, conversationId } = await readQuotation(tx, tenantId, of.id);
    if (conversationId === null) return;
    const text = translate(catalogue, { language: version.language, form }, "withdrawn", {
      number: number ?? "",
      reason: of.reason,
    });
    await desk.reply(house, tx, actor, {
      conversationId,
      input: { clientId: clientId("withdraw", tenantId, of.id, version.version), text },
    });
  });
}
