import { answerForm, answerLater, type House } from "#kernel";
import type { Call } from "../flows/wish.ts";
import { say } from "../flows/words.ts";
import { codeAddresses, codeHash } from "../rules/proof.ts";
import { referenceKey } from "./asking.ts";
import { countAttempt } from "./attempts.ts";
import { codeWays, openTalks, saveCodes } from "./codes.ts";
import { CODE } from "./personal.ts";
import type { CodeSend, Settled, Settling } from "./settlement.ts";
import { inLookup, type LookupTx } from "./tx.ts";

/** A code to the mailbox or the telephone that the register knows, where nothing else proves enough. */

/** Two shops may know two persons under one number, each with mailbox and telephone. */
const MOST_CODES = 4;

/** Whether the number exists or not: the same words and the same counting. Only what leaves differs. */
export async function offerCode(house: House, tx: LookupTx, settling: Settling): Promise<Settled> {
  const { call, timer, counting, results, newCode, noHash } = settling;
  const { tenantId } = timer;
  const { kind, reference, conversationId } = call;
  if (call.code !== undefined) return { outcome: { is: "notFound" }, sends: [] };
  if (settling.isOld) return { outcome: { is: "beforeRestore" }, sends: [] };
  const ways = await codeWays(tx, tenantId);
  if (!ways.mail && !ways.whatsapp) return { outcome: { is: "noMailbox" }, sends: [] };
  if (!(await countAttempt(tx, counting, "codes", referenceKey(call))))
    return { outcome: { is: "blocked" }, sends: [] };
  const known = results.flatMap(({ answer, connection }) =>
    "failed" in answer ? [] : [codeAddresses(answer.got, call, connection.settings.prefix)],
  );
  const emails = [...new Set(ways.mail ? known.flatMap((one) => one.emails) : [])];
  const phones = ways.whatsapp ? known.flatMap((one) => one.phones).filter((phone) => phone !== "") : [];
  const talks = await openTalks(house, tx, tenantId, [...new Set(phones)]);
  // Each address has a code of its own, so that the code that comes back tells whose it is.
  const sends: CodeSend[] = [
    ...emails.map((address) => ({ code: newCode(), address, talk: null })),
    ...talks.map((talk) => ({ code: newCode(), address: talk.phone, talk })),
  ].slice(0, MOST_CODES);
  const codes = sends.map(({ address, code }) => ({
    address,
    hash: codeHash(counting.secret, { conversationId, kind, reference, code }),
  }));
  const saved = codes.length > 0 ? codes : [{ address: "", hash: noHash }];
  await saveCodes(tx, { tenantId, conversationId }, { kind, reference, codes: saved, now: counting.now });
  return { outcome: { is: "codeAsked", ways }, sends };
}

/** What the desk keeps of it does not hold the code. */
export async function sendCode(
  house: House,
  tenantId: number,
  { call, send }: { call: Call; send: CodeSend },
): Promise<void> {
  const { name: company, formOfAddress: form } = await house.profile(tenantId);
  const { language, reference: number } = call;
  const speaking = { language, form };
  const subject = say(speaking, "mailSubject", { company });
  const text = (code: string) => say(speaking, "mailText", { number, code });
  const { code, address, talk } = send;
  if (talk === null) {
    const letter = (shown: string) => `${subject}\n\n${text(shown)}`;
    await answerForm(house, {
      tenantId,
      email: address,
      language,
      asked: say(speaking, "mailAsked"),
      answer: letter(code),
      kept: letter(HIDDEN),
      purpose: CODE,
    });
    return;
  }
  // Free words are allowed for a day after the customer wrote; the gate looks at that once more.
  await inLookup(house, tenantId, (tx) =>
    answerLater(house, tx, {
      tenantId,
      ...talk,
      purpose: CODE,
      content: { type: "text", text: text(code) },
      kept: { type: "text", text: text(HIDDEN) },
      now: house.clock.now(),
    }),
  );
}

const HIDDEN = "••••••";
