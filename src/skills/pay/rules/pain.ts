import { decimalOf } from "./money.ts";
import { sepaText } from "./sepa-text.ts";

/**
 * A credit transfer for the bank: ISO 20022 pain.001.001.09 as the EPC's implementation guidelines for SCT (EPC132-08) and
 * the German banks' appendix 3 (pain.001.001.09_GBIC_4) have it. One batch, one debtor.
 */

export interface OutgoingTransfer {
  /** Comes back with the bank's statement; at most 35 of SEPA's characters. */
  readonly endToEnd: string;
  readonly name: string;
  readonly iban: string;
  /** Euro cents. */
  readonly amountMinor: number;
  readonly words: string;
}

export interface TransferOrder {
  /** At most 35 of SEPA's characters. */
  readonly id: string;
  /** ms */
  readonly madeAt: number;
  /** YYYY-MM-DD, the day of execution. */
  readonly on: string;
  readonly debtor: { readonly name: string; readonly iban: string; readonly bic: string };
  readonly transfers: readonly OutgoingTransfer[];
}

const NAME = 70;
const WORDS = 140;
const SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/** @throws RangeError without transfers */
export function painFile({ id, madeAt, on, debtor, transfers }: TransferOrder): string {
  if (transfers.length === 0) throw new RangeError("no transfers");
  const sum = decimalOf(transfers.reduce((all, { amountMinor }) => all + amountMinor, 0));
  const totals = `<NbOfTxs>${transfers.length}</NbOfTxs><CtrlSum>${sum}</CtrlSum>`;
  const name = sepaText(debtor.name, NAME);
  const agent = debtor.bic === "" ? "<Othr><Id>NOTPROVIDED</Id></Othr>" : `<BICFI>${debtor.bic}</BICFI>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="${SPACE}"><CstmrCdtTrfInitn>`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${new Date(madeAt).toISOString().slice(0, 19)}Z</CreDtTm>${totals}<InitgPty><Nm>${name}</Nm></InitgPty></GrpHdr>`,
    `<PmtInf><PmtInfId>${id}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>${totals}`,
    `<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>${on}</Dt></ReqdExctnDt>`,
    `<Dbtr><Nm>${name}</Nm></Dbtr><DbtrAcct><Id><IBAN>${debtor.iban}</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId>${agent}</FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>`,
    ...transfers.map(transferXml),
    "</PmtInf></CstmrCdtTrfInitn></Document>",
    "",
  ].join("\n");
}

function transferXml({ endToEnd, name, iban, amountMinor, words }: OutgoingTransfer): string {
  return `<CdtTrfTxInf><PmtId><EndToEndId>${endToEnd}</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">${decimalOf(amountMinor)}</InstdAmt></Amt><Cdtr><Nm>${sepaText(name, NAME) || "Kunde"}</Nm></Cdtr><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct><RmtInf><Ustrd>${sepaText(words, WORDS)}</Ustrd></RmtInf></CdtTrfTxInf>`;
}
