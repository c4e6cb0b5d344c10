import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { knowledgeCommand } from "./knowledge.ts";

/** `knowledge propose` needs no node and no database, and keeps nothing. */

let folder: string;
let printed: string;
let told: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-propose-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = told = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const PAGE =
  "<!doctype html><main><h2>Liefern Sie nach Wien?</h2><p>Ja, in vier Tagen.</p><h2>Kann ich bar zahlen?</h2><p>Im Laden.</p></main>";

test("a page's questions are proposed with its answers, as words and as JSON", async () => {
  const page = await file("faq.html", PAGE);
  expect(await knowledgeCommand(["propose", page])).toBe(0);
  expect(printed).toContain("Liefern Sie nach Wien?");
  expect(told).toContain("2 questions, 2 with an answer");
  printed = "";
  expect(await knowledgeCommand(["propose", page, "--json"])).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({
    topics: [{ answer: "Ja, in vier Tagen.", asked: 1, language: "de" }, { answer: "Im Laden." }],
    counts: { questions: 2 },
  });
});

test("inbox and sent mails in two files are one mailbox", async () => {
  const question = (n: number) =>
    `From x Mon Mar  4 10:00:00 2024\nFrom: k${n}@post.example\nTo: post@laden.example\nMessage-ID: <${n}@post.example>\n\nDo you have a lift?\n`;
  const inbox = await file("inbox", `${question(1)}\n${question(2)}`);
  const sent = await file(
    "sent",
    "From x Mon Mar  4 10:00:00 2024\nFrom: post@laden.example\nTo: k1@post.example\nIn-Reply-To: <1@post.example>\n\nYes, beside the stairs.\n",
  );
  expect(await knowledgeCommand(["propose", inbox, sent, "--lang", "en", "--json"])).toBe(0);
  expect(JSON.parse(printed).topics).toMatchObject([
    { title: "Do you have a lift?", asked: 2, answer: "Yes, beside the stairs." },
  ]);
});

test("whatever a file is not is said in a sentence that tells what to do", async () => {
  await expect(knowledgeCommand(["propose", await file("diary.txt", "Liebes Tagebuch")])).rejects.toThrow(
    /no mailbox.*Export it as one of these.*Nothing was kept/,
  );
  await expect(knowledgeCommand(["propose", join(folder, "none")])).rejects.toThrow(/cannot be read/);
  await expect(knowledgeCommand(["propose"])).rejects.toThrow(/Name a file/);
});
