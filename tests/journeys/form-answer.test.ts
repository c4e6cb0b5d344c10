import { afterAll, beforeAll, expect, test } from "vitest";
import { answerForm } from "#kernel";
import { type MailWorld, openMailWorld, someone } from "./email-world.ts";

/** A form on the company's page is answered by mail, by the only way out and for a reason the database knows. */

let mails: MailWorld;
beforeAll(async () => {
  mails = await openMailWorld();
});
afterAll(() => mails.close());

const form = (email: string) => ({
  tenantId: mails.tenantId,
  email,
  language: "de" as const,
  asked: "Abonnieren: Störungen U3",
  answer: "Bitte bestätigen: Störungen U3\n\nhttps://kontor.example/c/kontor/topics?confirm=abc",
  purpose: "notices.answer",
});

test("the mail arrives, and the conversation shows what was asked and what allowed the answer", async () => {
  const email = someone();
  expect(await answerForm(mails.w.kernel, form(email))).toBe(true);
  const raw = await mails.when("the mail", async () => mails.sentTo(email)[0] ?? null);
  const text = raw.toString();
  expect(text).toMatch(/^Subject: .*St/m);
  expect(text.replace(/=\r?\n/g, "")).toMatch(/confirm=(3D)?abc/);
  const { rows } = await mails.w.kernel.db.node.query(
    `select m.author, m.purpose, m.basis_message = (select id from kernel.message a where a.conversation_id = m.conversation_id and a.author = 'customer') as by_form
      from kernel.message m join kernel.conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      where c.reply_address = $1 order by m.id`,
    [email],
  );
  expect(rows).toEqual([
    { author: "customer", purpose: null, by_form: null },
    { author: "bot", purpose: "notices.answer", by_form: true },
  ]);
});

test("without a mailbox it says so, and nothing is stored", async () => {
  const { id } = await mails.w.tenant();
  expect(await answerForm(mails.w.kernel, { ...form(someone()), tenantId: id })).toBe(false);
  const { rows } = await mails.w.kernel.db.node.query("select from kernel.contact where tenant_id = $1", [
    id,
  ]);
  expect(rows).toEqual([]);
});
