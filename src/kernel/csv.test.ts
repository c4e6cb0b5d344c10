import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv, writeCsv } from "./csv.ts";

const fields = (source: string) => readCsv(source).records.map((record) => record.fields);

describe("readCsv", () => {
  test("quoted fields hold commas, line breaks and doubled quotes", () => {
    expect(fields('text,intent\r\n"a, b",x\r\n"two\r\nlines",y\r\n"say ""hi""",z\r\n')).toEqual([
      ["text", "intent"],
      ["a, b", "x"],
      ["two\r\nlines", "y"],
      ['say "hi"', "z"],
    ]);
  });

  test("a byte order mark, bare line feeds, empty lines and a missing last line break are fine", () => {
    expect(fields("\ufefftext,intent\na,b\n\n\nc,")).toEqual([
      ["text", "intent"],
      ["a", "b"],
      ["c", ""],
    ]);
  });

  test("lines are counted through quoted line breaks, and broken records are named", () => {
    const file = readCsv('h,i\n"1\n2\n3",a\nno "quotes" here,b\n"closed"late,c\nlast,d\n');
    expect(file.records.map(({ line }) => line)).toEqual([1, 2, 7]);
    expect(file.skipped).toEqual([
      { line: 5, reason: "a quote stands inside a field that is not quoted" },
      { line: 6, reason: "text stands after a closing quote" },
    ]);
  });

  test("a quote that is never closed is named by the line on which it was opened", () => {
    const file = readCsv('h,i\na,b\nc,"open\nd,e\n');
    expect(file.records).toHaveLength(2);
    expect(file.skipped).toEqual([{ line: 3, reason: expect.stringContaining("never closed") }]);
  });

  test("a carriage return alone is no line end", () => {
    expect(fields("a\rb,c\r\n")).toEqual([["a\rb", "c"]]);
  });

  test("what is written is read back the same", () => {
    const record = fc.array(
      fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "ä", " ", "'", "=", "-") }),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const file = readCsv(writeCsv(records));
        expect(file.skipped).toEqual([]);
        expect(file.records.map((one) => one.fields)).toEqual(records);
      }),
    );
  });

  test("a spreadsheet calculates nothing of what is written", () => {
    const fields = ["=1+1", "+49 40 1", "-1", "@SUM(A1)", "\t=1", "'=1", "a=1"];
    expect(writeCsv([fields])).toBe("'=1+1,'+49 40 1,'-1,'@SUM(A1),'\t=1,''=1,a=1\r\n");
    expect(readCsv(writeCsv([fields])).records[0]?.fields).toEqual(fields);
  });
});
