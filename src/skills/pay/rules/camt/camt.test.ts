import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { camtFile, type FileEntry, type FileStatement } from "../../fixtures/camt-file.ts";
import { openCamtReader } from "./read.ts";

/** Written by hand from ISO 20022 camt.053.001.02 and .08 as German banks fill them (DFÜ-Abkommen, appendix 3). */

const read = (text: string, piece = 7) => {
  const reader = openCamtReader();
  for (let at = 0; at < text.length; at += piece) if (!reader.write(text.slice(at, at + piece))) break;
  return reader.finish();
};

const V02 = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>MSG1</MsgId><CreDtTm>2026-11-24T20:00:00</CreDtTm></GrpHdr>
<Stmt><Id>STMT-1</Id><ElctrncSeqNb>224</ElctrncSeqNb><CreDtTm>2026-11-24T20:00:00</CreDtTm>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">84.55</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-24</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">10.90</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt>
<AcctSvcrRef>2026112400001</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<AmtDtls><TxAmt><Amt Ccy="EUR">10.90</Amt></TxAmt></AmtDtls>
<RltdPties><Dbtr><Nm>Käthe &amp; Otto Weiß</Nm></Dbtr><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>SVWZ+RF18 5390 0754</Ustrd><Ustrd>7034</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">26.35</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Stadtwerke</Nm></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>`;

test("version .02: balances, booked entries, the payer and the words, whatever the pieces are", () => {
  const expected = {
    statements: [
      {
        statement: {
          id: "STMT-1",
          sequence: "224",
          iban: "DE89370400440532013000",
          currency: "EUR",
          fromOn: null,
          toOn: "2026-11-24",
          openingMinor: 10_000,
          closingMinor: 8_455,
          entries: [
            {
              position: 1,
              isCredit: true,
              isReversal: false,
              isBooked: true,
              amountMinor: 1_090,
              currency: "EUR",
              bookedOn: "2026-11-24",
              bankReference: "2026112400001",
              part: 0,
              endToEnd: "",
              name: "Käthe & Otto Weiß",
              iban: "DE02120300000000202051",
              reference: "",
              words: "SVWZ+RF18 5390 0754 7034",
            },
            {
              position: 2,
              isCredit: false,
              isReversal: false,
              isBooked: true,
              amountMinor: 2_635,
              currency: "EUR",
              bookedOn: "2026-11-24",
              bankReference: "",
              part: 0,
              endToEnd: "",
              name: "Stadtwerke",
              iban: "",
              reference: "",
              words: "",
            },
          ],
        },
      },
    ],
  };
  expect(read(V02)).toEqual(expected);
  expect(read(V02, 1)).toEqual(expected);
  expect(read(V02, 100_000)).toEqual(expected);
});

const paid: FileEntry = {
  amount: "10.90",
  name: "Käthe Weiß",
  reference: "RF18539007547034",
  bankReference: "A1",
};

describe("version .08", () => {
  test("parties stand below Pty, the state below Sts/Cd, the reference is structured", () => {
    const result = read(camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [paid] }));
    expect(result).toMatchObject({
      statements: [
        {
          statement: {
            openingMinor: 0,
            closingMinor: 1_090,
            entries: [
              { name: "Käthe Weiß", reference: "RF18539007547034", bankReference: "A1", amountMinor: 1_090 },
            ],
          },
        },
      ],
    });
  });

  test("a collective entry is told apart by its parts, whose sum is checked", () => {
    const parts = [
      { ...paid, amount: "4.00" },
      { ...paid, amount: "6.90", reference: "RF180123456789" },
    ];
    const good = read(
      camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [{ ...paid, parts }] }),
    );
    expect(good).toMatchObject({
      statements: [
        {
          statement: {
            entries: [
              { amountMinor: 400, part: 0 },
              { amountMinor: 690, part: 1 },
            ],
          },
        },
      ],
    });
    const bad = read(
      camtFile({
        id: "S8",
        opening: "0.00",
        closing: "10.90",
        entries: [{ ...paid, parts: parts.slice(0, 1).concat(parts.slice(0, 1)) }],
      }),
    );
    expect(bad).toEqual({ statements: [{ id: "S8", refusal: "entry_sum_wrong" }] });
  });

  const entriesOf = (text: string) => {
    const result = read(text);
    const [one] = "statements" in result ? result.statements : [];
    return one && "statement" in one ? one.statement.entries : [];
  };

  test("several payers whose shares are not said: the whole sum is nobody's", () => {
    const parts = [paid, { ...paid, name: "Otto Braun", reference: "RF180123456789", iban: "DE1" }];
    const text = camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [{ ...paid, parts }] });
    const unsaid = text.replaceAll('</Refs><Amt Ccy="EUR">10.90</Amt>', "</Refs>");
    expect(entriesOf(unsaid)).toMatchObject([
      { amountMinor: 1_090, name: "", iban: "", reference: "", words: "", endToEnd: "" },
    ]);
    const foreign = text.replaceAll('</Refs><Amt Ccy="EUR">', '</Refs><Amt Ccy="CHF">');
    expect(entriesOf(foreign)).toMatchObject([{ amountMinor: 1_090, currency: "EUR", reference: "" }]);
  });

  test("every structured reference of a transfer is kept", () => {
    const text = camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [paid] }).replace(
      "</Strd>",
      "</Strd><Strd><CdtrRefInf><Ref>RF180123456789</Ref></CdtrRefInf></Strd>",
    );
    expect(entriesOf(text)).toMatchObject([{ reference: "RF18539007547034", words: "RF180123456789" }]);
  });

  test("an entry's running number is no reference of the bank", () => {
    const bare = { ...paid, bankReference: "" };
    const text = camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [bare] });
    expect(entriesOf(text.replace("<Ntry>", "<Ntry><NtryRef>1</NtryRef>"))).toMatchObject([
      { bankReference: "", reference: "RF18539007547034" },
    ]);
  });

  test("a reversal keeps the one who had paid, and its sign", () => {
    const back: FileEntry = { ...paid, isDebit: true, isReversal: true };
    const result = read(camtFile({ id: "S8", opening: "10.90", closing: "0.00", entries: [back] }));
    expect(result).toMatchObject({
      statements: [{ statement: { entries: [{ isCredit: false, isReversal: true, name: "Käthe Weiß" }] } }],
    });
  });
});

describe("refused by name", () => {
  const file = (change: Partial<FileStatement> = {}) =>
    camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [paid], ...change });
  test.each([
    ["wrong_sum", file({ closing: "10.91" })],
    ["bad_amount", file({ entries: [{ ...paid, amount: "10,90" }] })],
    ["balance_missing", file().replaceAll("OPBD", "ITBD")],
    ["account_missing", file().replace(/<IBAN>DE89370400440532013000<\/IBAN>/, "<Othr><Id>1</Id></Othr>")],
  ])("%s: one statement", (code, text) => {
    expect(read(text)).toEqual({ statements: [{ id: "S8", refusal: code }] });
  });
  test.each([
    ["not_camt", "<html></html>"],
    ["not_camt", file().replace("camt.053.001.08", "camt.052.001.08")],
    ["not_camt", '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"></Document>'],
    ["broken_xml", file().slice(0, 700)],
    ["broken_xml", "PK\u0003\u0004"],
    ["document_type", file().replace("<Document", '<!DOCTYPE x [<!ENTITY a "aaaa">]><Document')],
  ])("%s: the file", (code, text) => {
    expect(read(text)).toEqual({ refusal: code });
  });
});

test("whatever is cut out of a file, it is taken with a right sum or refused by name", () => {
  const text = camtFile({ id: "S8", opening: "0.00", closing: "10.90", entries: [paid] });
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(60), (at, length) => {
      const result = read(text.slice(0, at) + text.slice(at + length), 50);
      const statements = "statements" in result ? result.statements : [];
      for (const one of statements)
        if ("statement" in one) {
          const { openingMinor, closingMinor, entries } = one.statement;
          const moved = entries.reduce(
            (sum, { isCredit, amountMinor }) => sum + (isCredit ? amountMinor : -amountMinor),
            0,
          );
          expect(openingMinor + moved).toBe(closingMinor);
        }
    }),
    { numRuns: 200 },
  );
});
