import { describe, expect, test } from "vitest";
import { readArchived, textOfHtml } from "../src/channels/email/archive.ts";
import { readArchive } from "../src/skills/service/adapters/read-archive.ts";
import type { IntakeError } from "../src/skills/service/rules/intake/index.ts";

const letters = { read: readArchived, textOfHtml };

function read(content: string | Buffer, name = "file") {
  async function* bytes() {
    const whole = Buffer.from(content as string);
    for (let at = 0; at < whole.length; at += 50_000) yield whole.subarray(at, at + 50_000);
  }
  return readArchive({ name, bytes: bytes(), own: [] }, letters);
}
const faultOf = (content: string | Buffer, name?: string) =>
  read(content, name).then(
    () => "none",
    (error: IntakeError) => error.fault,
  );

describe("what a file is stands in it, not in its name", () => {
  test.each([
    ["<!doctype html><h2>Wann offen?</h2>Ab 9<h2>Wo?</h2>Am Markt", 2],
    ["12.03.24, 14:05 - Mara: Wann offen?\n12.03.24, 14:06 - Laden: Ab 9\n", 1],
    ["question,answer\nWhen?,At nine\n", 1],
    ['[{"question":"When do you open?","answer":"At nine"}]', 1],
    [
      "From a Mon Mar 4 10:00:00 2024\nFrom: a@x.example\nTo: s@l.example\n\nWann offen?\n\nFrom b Mon Mar 4 10:00:00 2024\nFrom: b@x.example\nTo: s@l.example\n\nUnd wo?\n",
      2,
    ],
  ])("%s", async (content, questions) => {
    expect((await read(content)).counts.questions).toBe(questions);
  });

  test.each([
    ["", "empty"],
    ["PK\x03\x04rest", "packed"],
    ["!BDN\0\0\0", "not_text"],
    ["Liebes Tagebuch", "unknown_kind"],
    ["<html><p>nichts</p></html>", "no_questions"],
    ["{", "broken_json"],
  ])("%j is refused by name", async (content, fault) => {
    expect(await faultOf(content)).toBe(fault);
  });
});

test("old character sets are read: Windows-1252 and UTF-16", async () => {
  const latin = await read(Buffer.from("Frage;Antwort\nGr\xf6\xdfe M da?;ja\n", "latin1"));
  const wide = await read(Buffer.from("\ufeffFrage;Antwort\nGröße M da?;ja\n", "utf16le"));
  expect([latin, wide].map(({ exchanges }) => exchanges[0]?.question)).toEqual([
    "Größe M da?",
    "Größe M da?",
  ]);
});

test("a mailbox is read as mails that come in: words without quotes, machines and broken mails counted", async () => {
  const mbox = [
    "From a Mon Mar  4 10:00:00 2024",
    "From: Mara Otten <a@post.example>",
    "To: Laden <post@laden.example>",
    "Subject: =?utf-8?Q?Gr=C3=B6=C3=9Fe?=",
    "Message-ID: <1@post.example>",
    "Date: Mon, 4 Mar 2024 10:00:00 +0100",
    "Content-Type: text/plain; charset=iso-8859-1",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "Passt mir Gr=F6=DFe M, oder ist L besser?",
    "",
    "From b Mon Mar  4 11:00:00 2024",
    "From: Tim <post@laden.example>",
    "To: a@post.example",
    "In-Reply-To: <1@post.example>",
    "Message-ID: <2@laden.example>",
    "",
    "M passt fast allen.",
    "",
    "Am Mo., 4. März 2024 um 10:00 schrieb Mara Otten:",
    "> Passt mir Größe M, oder ist L besser?",
    "",
    "From c Mon Mar  4 12:00:00 2024",
    "From: c@post.example",
    "To: post@laden.example",
    "Auto-Submitted: auto-replied",
    "",
    "Ich bin nicht da.",
    "",
    "From d Mon Mar  4 13:00:00 2024",
    "To: nobody wrote this",
    "",
    "x",
    "",
    "From e Mon Mar  4 13:00:00 2024",
    "From: e@post.example",
    "To: post@laden.example",
    "",
    "Haben Sie einen Lift?",
    "",
  ].join("\r\n");
  const { exchanges, counts, own } = await read(mbox);
  expect(exchanges.map(({ question, answer }) => [question, answer])).toEqual(
    expect.arrayContaining([
      ["Passt mir Größe M, oder ist L besser?", "M passt fast allen."],
      ["Haben Sie einen Lift?", null],
    ]),
  );
  expect(own).toBe("post@laden.example");
  expect(counts).toEqual({ read: 5, automatic: 1, broken: 1, questions: 2, answered: 1 });
});
