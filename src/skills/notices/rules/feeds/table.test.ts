import { expect, test } from "vitest";
import { csvReader } from "./csv-stream.ts";
import { readTable } from "./table.ts";

const setting = { language: "de", timeZone: "Europe/Berlin", now: Date.UTC(2026, 10, 24, 9) } as const;
const read = (text: string) => readTable(Buffer.from(text), setting);

test("a table as a spreadsheet saves it: semicolons, quotes, German dates, parameters with several values", () => {
  const { items, problems } = read(
    '\ufeffid;title;text_en;start;end;line;cancelled\r\n1;"Sperrung ""Mitte""";Closed;1.12.2026 18:30;2026-12-02T06:00;U1|U3;\r\n2;Aufzug;;;2026-12-01;;ja\r\n',
  );
  expect(problems).toEqual([]);
  expect(items).toEqual([
    {
      id: "1",
      title: { de: 'Sperrung "Mitte"', en: null },
      text: { de: null, en: "Closed" },
      link: null,
      publishedAt: null,
      startsAt: Date.parse("2026-12-01T17:30:00Z"),
      endsAt: Date.parse("2026-12-02T05:00:00Z"),
      values: { line: ["U1", "U3"] },
      isCancelled: false,
    },
    expect.objectContaining({
      id: "2",
      isCancelled: true,
      endsAt: Date.parse("2026-11-30T23:00:00Z"),
      values: {},
    }),
  ]);
});

test("rows that cannot be used are named by their line, the others are taken", () => {
  const { items, problems } = read(
    "id,title,start\n1,Gut,\n2,,\n3,Schlecht,31.4.2026\n4,Zu,1.1.2027,viele\n5,Auch gut,\n",
  );
  expect(items.map(({ id }) => id)).toEqual(["1", "5"]);
  expect(problems).toEqual([
    { code: "no_text", place: "3" },
    { code: "bad_time", place: "4" },
    { code: "row", place: "5" },
  ]);
});

test("a table that comes in pieces reads the same wherever it is cut", () => {
  const text = 'a,"b ""c""\nd",e\r\n,,\r\n"x",\r\n';
  const whole = (cuts: number[]) => {
    const rows: [string[], number][] = [];
    const reader = csvReader((fields, line) => rows.push([fields, line]));
    let from = 0;
    for (const cut of [...cuts, text.length]) {
      reader.push(text.slice(from, cut));
      from = cut;
    }
    reader.end();
    return rows;
  };
  const expected = [
    [["a", 'b "c"\nd', "e"], 1],
    [["", "", ""], 3],
    [["x", ""], 4],
  ];
  expect(whole([])).toEqual(expected);
  for (let cut = 1; cut < text.length; cut++) expect(whole([cut])).toEqual(expected);
});

test("an empty table and a row without end are refused", () => {
  expect(read("")).toMatchObject({ isBroken: true });
  expect(read("id,title\n")).toMatchObject({ isBroken: true });
  expect(read(`id,title\n1,"${"x".repeat(200_000)}`)).toMatchObject({ isBroken: true });
});
