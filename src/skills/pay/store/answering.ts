import { sql } from "kysely";
import { answerLater, type Content, type House, samePartyAs, type Tx, translate } from "#kernel";
import type { Desk } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { spokenDay, spokenMoney } from "../rules/money.ts";
import { REQUESTS as PURPOSE } from "../rules/purposes.ts";
import type { Said } from "../rules/speech.ts";
import { receiptOf } from "./receipts.ts";
import { owedOf, REQUESTS, type StoredRequest } from "./request-rows.ts";
import { pageAddress } from "./shown.ts";

/** Answers from the ledger of requests to one message of the customer. */

export interface Question {
  readonly tenantId: number;
  readonly conversationId: number;
  readonly contactId: number;
  readonly messageId: string;
}

const MOST_SAID = 5;

export async function answerFromLedger(
  { house, desk, tx, now }: { house: House; desk: Desk; tx: Tx; now: number },
  question: Question,
  what: Exclude<Said, "dispute">,
): Promise<void> {
  const { tenantId, conversationId, messageId } = question;
  const requests = await requestsOfPerson(tx, question);
  const language = await languageIn(tx, tenantId, conversationId);
  const { formOfAddress: form } = await house.profile(tenantId);
  const say = (key: string, values = {}) => translate(catalogue, { language, form }, key, values);
  const address = (one: StoredRequest) => pageAddress(desk.publicUrl(house), tenantId, one.page_key);
  const money = (minor: number, currency: string) => spokenMoney(minor, currency, language);
  const open = requests.filter((one) => owedOf(one) > 0);
  const line = (one: StoredRequest) =>
    say(one.paid_minor > 0 ? "oweLinePart" : "oweLine", {
      amount: money(owedOf(one), one.currency),
      paid: money(one.paid_minor, one.currency),
      title: one.title,
      day: spokenDay(one.due_on, language),
      link: address(one),
    });
  const parts: string[] = [];
  if (what === "owe")
    parts.push(open.length === 0 ? say("oweNothing") : say("owe"), ...open.slice(0, MOST_SAID).map(line));
  if (what === "paid") {
    const paid = requests.find(({ state }) => state === "paid" || state === "overpaid");
    if (open.length > 0) parts.push(say("notYet"), ...open.slice(0, MOST_SAID).map(line));
    else if (paid)
      parts.push(say("arrived", { amount: money(paid.paid_minor, paid.currency), title: paid.title }));
    else parts.push(say("oweNothing"));
  }
  if (what === "receipt") {
    for (const one of requests.slice(0, MOST_SAID)) {
      const receipt = await receiptOf(tx, tenantId, one.id);
      if (receipt?.cancels === null)
        parts.push(say("receiptLine", { number: receipt.number, title: one.title, link: address(one) }));
    }
    if (parts.length === 0)
      parts.push(
        open.length > 0 ? say("receiptLater") : say("oweNothing"),
        ...open.slice(0, MOST_SAID).map(line),
      );
  }
  const content: Content = { type: "text", text: parts.join("\n\n") };
  await answerLater(house, tx, { tenantId, conversationId, messageId, purpose: PURPOSE, content, now });
}

/** Of the person in the name in which this contact writes, the newest first. */
async function requestsOfPerson(tx: Tx, { tenantId, contactId }: Question): Promise<StoredRequest[]> {
  const contacts = await samePartyAs(tx, tenantId, contactId);
  const { rows } = await sql<StoredRequest>`${REQUESTS}
    where r.tenant_id = ${tenantId} and p.contact_id = any(${contacts}::bigint[]) order by r.id desc limit 50`.execute(
    tx,
  );
  return rows;
}

export async function languageIn(tx: Tx, tenantId: number, conversationId: number): Promise<"de" | "en"> {
  const { rows } = await sql<{ language: "de" | "en" }>`
    select language from kernel.conversation where tenant_id = ${tenantId} and id = ${conversationId}`.execute(
    tx,
  );
  return rows[0]?.language ?? "de";
}

/** @returns the customer's last message in a conversation: the reason to write there; null = none */
export async function lastWord(tx: Tx, tenantId: number, conversationId: number): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from kernel.message where tenant_id = ${tenantId} and conversation_id = ${conversationId} and author = 'customer'
    order by id desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** The money is there: said once, as an answer, where the channel's window allows it; the page says it anyway. */
export async function sayPaid(
  { house, desk, tx, now }: { house: House; desk: Desk; tx: Tx; now: number },
  tenantId: number,
  requestId: number,
): Promise<void> {
  const { rows } =
    await sql<StoredRequest>`${REQUESTS} where r.tenant_id = ${tenantId} and r.id = ${requestId}`.execute(tx);
  const [row] = rows;
  if (!row || row.conversation_id === null || (row.state !== "paid" && row.state !== "overpaid")) return;
  const receipt = await receiptOf(tx, tenantId, requestId);
  const messageId = await lastWord(tx, tenantId, row.conversation_id);
  if (receipt?.cancels !== null || messageId === null) return;
  const { language } = row;
  const { formOfAddress: form } = await house.profile(tenantId);
  const say = (key: string, values = {}) => translate(catalogue, { language, form }, key, values);
  const amount = spokenMoney(row.paid_minor, row.currency, language);
  const link = pageAddress(desk.publicUrl(house), tenantId, row.page_key);
  const day = spokenDay(receipt.facts.paidOn, language);
  const more = row.state === "overpaid" ? [say("overpaid")] : [];
  const text = [
    say("paid", { amount, title: row.title, number: receipt.number }),
    ...more,
    say("receiptHere", { link }),
  ];
  const content: Content = {
    type: "text",
    text: text.join("\n\n"),
    link,
    card: {
      note: say("card.paid"),
      heading: amount,
      lines: [
        row.title,
        say("card.paidOn", { day }),
        say("card.receipt", { number: receipt.number }),
        ...more,
      ],
      linkTitle: say("card.openReceipt"),
      line: null,
    },
  };
  const { conversation_id: conversationId } = row;
  await answerLater(house, tx, { tenantId, conversationId, messageId, purpose: PURPOSE, content, now });
}
