import { bareIban } from "#kernel";
import { minorOf } from "../money.ts";
import type { CamtEntry, CamtRead, Refusal } from "./statement.ts";

/**
 * Gathers statements while the elements go by; nothing of the tree is kept. Source: ISO 20022 camt.053.001.02 and .08; the
 * two differ where the parties stand (`RltdPties/Dbtr/Nm` or `RltdPties/Dbtr/Pty/Nm`) and in the state (`Sts` or `Sts/Cd`).
 */

const WORDS = 1_000;
const NAME = 140;
const REFERENCE = 35;
const BANK_REFERENCE = 100;
export const MOST_ENTRIES = 50_000;
/** What banks write where they have no reference. */
const NO_REFERENCE = /^(?:NONREF|NOTPROVIDED|NOT PROVIDED)?$/;

/** A leaf element: its path below the statement, its words and its currency. */
export interface Leaf {
  readonly path: string;
  readonly text: string;
  readonly currency: string;
}

interface Amount {
  readonly minor: number | null;
  readonly currency: string;
}
interface Details {
  amount?: Amount;
  isCredit?: boolean;
  isReversal?: true;
  bankReference?: string;
  endToEnd?: string;
  names: Partial<Record<Side, string>>;
  ibans: Partial<Record<Side, string>>;
  reference?: string;
  words: string;
}
interface Entry extends Details {
  status: string;
  bookedOn: string;
  parts: Details[];
}
interface Balance {
  code: string;
  minor: number | null;
  isCredit: boolean;
  on: string;
}
type Side = "Dbtr" | "Cdtr";

const details = (): Details => ({ names: {}, ibans: {}, words: "" });
const sides: readonly Side[] = ["Dbtr", "Cdtr"];

export class StatementCollector {
  id = "";
  #sequence = "";
  #iban = "";
  #currency = "";
  #fromOn: string | null = null;
  #balances: Balance[] = [];
  #entries: CamtEntry[] = [];
  #entry: Entry | null = null;
  #part: Details | null = null;
  #refusal: Refusal | null = null;

  /** @param path below Stmt, e.g. "Ntry/NtryDtls/TxDtls" */
  opened(path: string): void {
    if (path === "Bal") this.#balances.push({ code: "", minor: null, isCredit: true, on: "" });
    if (path === "Ntry") this.#entry = { ...details(), status: "", bookedOn: "", parts: [] };
    if (path === "Ntry/NtryDtls/TxDtls") this.#part = details();
  }

  closed(path: string): void {
    if (path === "Ntry/NtryDtls/TxDtls" && this.#part && this.#entry) {
      this.#entry.parts.push(this.#part);
      this.#part = null;
    }
    if (path === "Ntry" && this.#entry) {
      this.#take(this.#entry);
      this.#entry = null;
    }
  }

  leaf({ path, text, currency }: Leaf): void {
    if (path.startsWith("Ntry/")) this.#ofEntry(path.slice(5), text, currency);
    else if (path.startsWith("Bal/")) this.#ofBalance(path.slice(4), text);
    else if (path === "Id") this.id = text.slice(0, 70);
    else if (path === "ElctrncSeqNb") this.#sequence = text.slice(0, 20);
    else if (path === "LglSeqNb") this.#sequence ||= text.slice(0, 20);
    else if (path === "Acct/Id/IBAN") this.#iban = bareIban(text);
    else if (path === "Acct/Ccy") this.#currency = text;
    else if (path === "FrToDt/FrDtTm") this.#fromOn = dayOf(text);
  }

  #ofBalance(path: string, text: string): void {
    const balance = this.#balances.at(-1);
    if (!balance) return;
    if (path === "Tp/CdOrPrtry/Cd") balance.code = text;
    else if (path === "Amt") balance.minor = minorOf(text);
    else if (path === "CdtDbtInd") balance.isCredit = text === "CRDT";
    else if (path === "Dt/Dt" || path === "Dt/DtTm") balance.on = dayOf(text) ?? "";
  }

  #ofEntry(path: string, text: string, currency: string): void {
    const entry = this.#entry;
    if (!entry) return;
    const part = this.#part;
    if (part && path.startsWith("NtryDtls/TxDtls/")) ofDetails(part, path.slice(16), { text, currency });
    else if (path === "Amt") entry.amount = { minor: minorOf(text), currency };
    else if (path === "CdtDbtInd") entry.isCredit = text === "CRDT";
    else if (path === "RvslInd") {
      if (text === "true" || text === "1") entry.isReversal = true;
    } else if (path === "Sts" || path === "Sts/Cd") entry.status = text || entry.status;
    else if (path === "BookgDt/Dt" || path === "BookgDt/DtTm") entry.bookedOn = dayOf(text) ?? "";
    else if (path === "AcctSvcrRef") entry.bankReference = text;
    else if (path === "AddtlNtryInf") entry.words = text.slice(0, WORDS);
  }

  #take(entry: Entry): void {
    const { amount } = entry;
    if (!amount || amount.minor === null || entry.isCredit === undefined) {
      this.#refusal ??= "bad_amount";
      return;
    }
    const { minor } = amount;
    // A collective entry is told apart only where its parts say what each is.
    const parts = entry.parts.length > 1 && entry.parts.every((one) => one.amount) ? entry.parts : [];
    if (parts.length > 0) {
      const sum = parts.reduce((all, one) => all + signed(one, entry), 0);
      if (parts.some((one) => one.amount?.minor === null)) this.#refusal ??= "bad_amount";
      else if (parts.every((one) => one.amount?.currency === amount.currency) && sum !== minor)
        this.#refusal ??= "entry_sum_wrong";
    }
    const usable = parts.length > 0 && parts.every((one) => one.amount?.currency === amount.currency);
    if (minor === 0) return;
    for (const [n, one] of (usable ? parts : [wholeOf(entry)]).entries()) {
      const own = usable && one.amount?.minor ? one.amount.minor : minor;
      if (this.#entries.length >= MOST_ENTRIES) this.#refusal ??= "too_many_entries";
      else this.#entries.push(this.#entryOf(entry, one, { n, minor: own, currency: amount.currency }));
    }
  }

  #entryOf(
    entry: Entry,
    one: Details,
    { n, minor, currency }: { n: number; minor: number; currency: string },
  ): CamtEntry {
    const isCredit = (usableSide(one) ?? entry.isCredit) === true;
    const isReversal = entry.isReversal === true || one.isReversal === true;
    // The other side of what came is who paid it; of what is taken back, who had been paid.
    const side: Side = isCredit !== isReversal ? "Dbtr" : "Cdtr";
    return {
      position: this.#entries.length + 1,
      isCredit,
      isReversal,
      isBooked: entry.status === "BOOK" || entry.status === "",
      amountMinor: minor,
      currency,
      bookedOn: entry.bookedOn || this.#closing()?.on || "",
      bankReference: bankReferenceOf(entry),
      part: n,
      endToEnd: (one.endToEnd ?? "").slice(0, REFERENCE),
      name: (one.names[side] ?? "").slice(0, NAME),
      iban: (one.ibans[side] ?? "").slice(0, 34),
      reference: bareIban(one.reference ?? "").slice(0, REFERENCE),
      words: (one.words || entry.words).slice(0, WORDS),
    };
  }

  #closing(): Balance | undefined {
    return this.#balances.findLast(({ code }) => code === "CLBD");
  }

  /** After `</Stmt>`. */
  finish(): CamtRead {
    const { id } = this;
    const opening = this.#balances.find(({ code }) => code === "OPBD" || code === "PRCD");
    const closing = this.#closing();
    if (this.#refusal) return { id, refusal: this.#refusal };
    if (this.#iban === "" || id === "") return { id, refusal: "account_missing" };
    if (!opening || !closing || opening.minor === null || closing.minor === null || closing.on === "")
      return { id, refusal: "balance_missing" };
    const openingMinor = opening.isCredit ? opening.minor : -opening.minor;
    const closingMinor = closing.isCredit ? closing.minor : -closing.minor;
    // What is only pending is no part of the booked balance.
    const moved = this.#entries
      .filter(({ isBooked }) => isBooked)
      .reduce((sum, one) => sum + (one.isCredit ? one.amountMinor : -one.amountMinor), 0);
    if (openingMinor + moved !== closingMinor) return { id, refusal: "wrong_sum" };
    return {
      statement: {
        id,
        sequence: this.#sequence,
        iban: this.#iban,
        currency: this.#currency,
        fromOn: this.#fromOn,
        toOn: closing.on,
        openingMinor,
        closingMinor,
        entries: this.#entries.filter(({ isBooked }) => isBooked),
      },
    };
  }
}

/**
 * The bank's reference, where it gives one that means something. An entry's own number (NtryRef) is none: many banks count it
 * anew in every statement.
 */
function bankReferenceOf(entry: Entry): string {
  const given = [entry.bankReference, entry.parts[0]?.bankReference].find(
    (one) => !NO_REFERENCE.test(one ?? ""),
  );
  return (given ?? "").slice(0, BANK_REFERENCE);
}

/** One payer's details stand for the entry; of several, whose shares are not known, nobody's do: a person divides it. */
function wholeOf(entry: Entry): Details {
  const [first, second] = entry.parts;
  if (!second) return first ?? entry;
  const isReversal = entry.parts.some((one) => one.isReversal);
  return { ...details(), ...(isReversal && { isReversal }) };
}

const usableSide = (one: Details): boolean | undefined => one.isCredit;

/** A part against its entry's direction takes away. */
function signed(part: Details, entry: Entry): number {
  const minor = part.amount?.minor ?? 0;
  return part.isCredit !== undefined && part.isCredit !== entry.isCredit ? -minor : minor;
}

function ofDetails(
  part: Details,
  path: string,
  { text, currency }: { text: string; currency: string },
): void {
  // .08 has `Amt`; .02 has the amount of the transaction among the details.
  if (path === "Amt" || (path === "AmtDtls/TxAmt/Amt" && !part.amount))
    part.amount = { minor: minorOf(text), currency };
  else if (path === "CdtDbtInd") part.isCredit = text === "CRDT";
  else if (path === "Refs/EndToEndId") part.endToEnd = NO_REFERENCE.test(text) ? "" : text;
  else if (path === "Refs/AcctSvcrRef") part.bankReference = text;
  else if (path === "RmtInf/Ustrd") part.words = `${part.words} ${text}`.trim().slice(0, WORDS);
  else if (path === "RmtInf/Strd/CdtrRefInf/Ref") {
    // One transfer may pay several requests: each further reference stands before the words, where it is found, too.
    if (part.reference === undefined) part.reference = text;
    else part.words = `${text} ${part.words}`.trim().slice(0, WORDS);
  } else if (path === "RtrInf/Rsn/Cd" || path === "RtrInf/OrgnlBkTxCd/Prtry/Cd") part.isReversal = true;
  for (const side of sides) {
    if (path === `RltdPties/${side}/Nm` || path === `RltdPties/${side}/Pty/Nm`) part.names[side] = text;
    if (path === `RltdPties/${side}Acct/Id/IBAN`) part.ibans[side] = bareIban(text);
  }
}

/** @returns the day of a date or a date with time; null when it is none */
function dayOf(text: string): string | null {
  return /^(\d{4}-\d{2}-\d{2})/.exec(text)?.[1] ?? null;
}
