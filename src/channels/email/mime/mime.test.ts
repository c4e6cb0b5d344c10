import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAddresses } from "./addresses.ts";
import { decodeQuotedPrintable, decodeText } from "./charset.ts";
import { decodeWords, readField } from "./headers.ts";
import { leavesOf, readMail } from "./part.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

describe("words in a head", () => {
  test.each([
    ["=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"],
    ["=?iso-8859-1?q?Gr=FC=DFe_aus_K=F6ln?=", "Grüße aus Köln"],
    ["=?utf-8?B?R3LDvMOfZQ==?= =?utf-8?B?IGFuIGFsbGU=?=", "Grüße an alle"],
    // One character over two words: RFC 2047 forbids it, programs do it.
    ["=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"],
    ["=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"],
    ["=?utf-8*de?Q?M=C3=BCll?= heute", "Müll heute"],
    ["Kein =? Wort ?= hier", "Kein =? Wort ?= hier"],
    ["=?nonsense-9?Q?abc?=", "abc"],
  ])("%s", (coded, words) => expect(decodeWords(coded)).toBe(words));

  test("long and foreign parameters are joined (RFC 2231)", () => {
    const field = readField(
      "attachment; filename*0*=UTF-8''Rechnung%20; filename*1*=%C3%9Cbergr; filename*2=oesse.pdf; size=12",
    );
    expect(field.value).toBe("attachment");
    expect(field.params.get("filename")).toBe("Rechnung Übergroesse.pdf");
    expect(field.params.get("size")).toBe("12");
  });

  test("a boundary may hold blanks and semicolons in quotes", () => {
    expect(readField('multipart/mixed; boundary="a; b=c"').params.get("boundary")).toBe("a; b=c");
  });
});

describe("bytes of a body", () => {
  test("quoted-printable: soft breaks go, what is no code stays", () => {
    expect(decodeQuotedPrintable(bytes("a=\r\nb=3D=C3=A4 5=6 =")).toString("utf8")).toBe("ab=ä 5=6 =");
  });

  test("a charset that lies is read as what it is", () => {
    expect(decodeText(bytes("Gr\xfc\xdfe"), "utf-8")).toBe("Grüße");
    expect(decodeText(Buffer.from("Grüße", "utf8"), "us-ascii")).toBe("Grüße");
    expect(decodeText(bytes("Gr\xfc\xdfe"), "x-unknown")).toBe("Grüße");
    expect(decodeText(bytes("100 \x80"), "windows-1252")).toBe("100 €");
  });
});

test.each([
  ["Anna <Anna@Example.org>", [{ address: "anna@example.org", name: "Anna" }]],
  [
    '"Beispiel, Bernd" <b@example.org>, c@example.org (Carla)',
    [
      { address: "b@example.org", name: "Beispiel, Bernd" },
      { address: "c@example.org", name: "" },
    ],
  ],
  ["=?utf-8?q?J=C3=B6rg?= <j@example.org>", [{ address: "j@example.org", name: "Jörg" }]],
  [
    "Team: a@example.org, b@example.org;",
    [
      { address: "a@example.org", name: "" },
      { address: "b@example.org", name: "" },
    ],
  ],
  ["undisclosed-recipients:;", []],
  ["not an address", []],
])("addresses of %s", (field, addresses) => expect(readAddresses(field)).toEqual(addresses));

test("a mail without its last boundary, and one with a false boundary, are still read", () => {
  const mail = readMail(
    bytes(
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\none\r\n--xy\r\nstill one\r\n--x\r\n\r\ntwo",
    ),
  );
  expect(leavesOf(mail).map((leaf) => leaf.text())).toEqual(["one\n--xy\nstill one", "two"]);
});

test("a thousand nested parts end at a depth, and no input throws", () => {
  let deep = "end";
  for (let n = 0; n < 1_000; n++)
    deep = `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n${deep}\n--b${n}--`;
  expect(leavesOf(readMail(bytes(deep))).length).toBe(1);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
      for (const leaf of leavesOf(readMail(Buffer.from(random)))) leaf.text();
    }),
  );
});
