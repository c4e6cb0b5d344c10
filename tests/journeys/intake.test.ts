import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import * as service from "../../src/skills/service/api.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A company hands in its mailbox; topics are proposed, a person decides, and everything can be taken back. */

const OPEN = "Wir haben montags bis samstags von 9 bis 18 Uhr offen, an Feiertagen ist geschlossen.";
const RETURN = "Legen Sie den Rücksendeschein in das Paket und geben Sie es bei der Post ab.";
const WAIT_MS = 60_000;

let node: SharedNode;
let company: Company;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
});

function mail(from: string, to: string, said: string, more: readonly string[] = []): string {
  const head = [`From: ${from}`, `To: ${to}`, "Content-Type: text/plain; charset=utf-8", ...more];
  return `From x Mon Mar  4 10:00:00 2024\n${head.join("\n")}\n\n${said}\n\n`;
}

/** Three people ask one thing, three another; each is answered; the last mail carries a large file. */
function mailbox(): Buffer {
  const asked: readonly (readonly [string, string])[] = [
    ["Hallo,\n\nwann haben Sie geöffnet?\n\nViele Grüße\nMara Otten\nTel. 0151 23456789", OPEN],
    ["Wann haben Sie am Samstag geöffnet?", OPEN],
    ["wann habt ihr geöffnet", OPEN],
    ["Wie schicke ich das Paket zurück?", RETURN],
    ["wie kann ich das paket zurückschicken", RETURN],
    ["Ich möchte das Paket zurückschicken, Bestellung 4471823", RETURN],
  ];
  const mails = asked.flatMap(([question, answer], n) => {
    const id = `${n}@post.example`;
    return [
      mail(`"Mara Otten" <k${n}@post.example>`, "post@laden.example", question, [`Message-ID: <${id}>`]),
      mail(`Tim <post@laden.example>`, `k${n}@post.example`, `Hallo Mara,\n\n${answer}\n\nViele Grüße\nTim`, [
        `Message-ID: <a${n}@laden.example>`,
        `In-Reply-To: <${id}>`,
      ]),
    ];
  });
  const file = `${"QUFB".repeat(18)}\n`.repeat(40_000);
  const big = mail(
    "k0@post.example",
    "post@laden.example",
    `--b\nContent-Type: text/plain\n\nAnbei das Bild\n--b\nContent-Type: image/png; name=x.png\nContent-Transfer-Encoding: base64\n\n${file}\n--b--`,
    ["MIME-Version: 1.0"],
  ).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b");
  return Buffer.from(mails.join("") + big, "utf8");
}

async function send(bytes: Buffer, name: string): Promise<number> {
  const { id } = await company.owner.call(service.startIntake, { body: { name, bytes: bytes.length } });
  const size = service.INTAKE_PART_BYTES;
  const places = Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) => place);
  // In any order, and one of them twice.
  for (const place of [...places.toReversed(), places.length - 1]) {
    const data = bytes.subarray(place * size, (place + 1) * size).toString("base64");
    await company.owner.call(service.sendIntakePart, { params: { id }, body: { place, data } });
  }
  return id;
}

const settled = (id: number) =>
  until(
    "the file is read",
    async () => {
      const now = await company.owner.call(service.getIntake, { params: { id } });
      return ["ready", "failed"].includes(now.state) && now;
    },
    WAIT_MS,
  );

type Decision = z.input<NonNullable<typeof service.decideProposedTopic.body>>;
const decide = (id: number, body: Decision) =>
  company.owner.call(service.decideProposedTopic, { params: { id }, body });

const topics = async () => (await company.owner.call(service.listTopics)).items;

describe("a mailbox", () => {
  let intakeId: number;
  let opening: service.ProposedTopic;
  let returning: service.ProposedTopic;

  test("comes in by parts and becomes proposals without a name or a number; the knowledge stays as it is", async () => {
    intakeId = await send(mailbox(), "postfach.mbox");
    const read = await settled(intakeId);
    expect(read).toMatchObject({ state: "ready", fault: null, open: 2 });
    expect(read.counts).toMatchObject({ read: 13, questions: 7, answered: 6, own: "post@laden.example" });
    const of = (words: string) => read.topics.find(({ answer }) => answer?.includes(words));
    opening = of("9 bis 18") as service.ProposedTopic;
    returning = of("Rücksendeschein") as service.ProposedTopic;
    expect(opening).toMatchObject({
      asked: 3,
      answer: OPEN,
      answers: 3,
      alike: 3,
      state: "open",
      language: "de",
    });
    expect(returning.asked).toBe(3);
    for (const personal of ["Mara", "Otten", "0151", "4471823", "k0@"])
      expect(JSON.stringify(read.topics)).not.toContain(personal);
    expect(await topics()).toEqual([]);
  });

  test("is renamed, dropped, merged, and each is taken back", async () => {
    await decide(opening.id, { do: "rename", title: "Öffnungszeiten", answer: OPEN });
    await decide(returning.id, { do: "drop" });
    expect(
      await company.owner.refused(service.decideProposedTopic, {
        params: { id: returning.id },
        body: { do: "drop" },
      }),
    ).toMatchObject({ code: "conflict" });
    await decide(returning.id, { do: "undo" });
    await decide(returning.id, { do: "merge", into: opening.id });
    const merged = await company.owner.call(service.getIntake, { params: { id: intakeId } });
    expect(merged.topics).toMatchObject([
      { title: "Öffnungszeiten", asked: 6, merged: [{ id: returning.id }] },
    ]);
    await decide(returning.id, { do: "undo" });
    const parted = await company.owner.call(service.getIntake, { params: { id: intakeId } });
    expect(parted.topics.map(({ asked }) => asked)).toEqual([3, 3]);
  });

  test("becomes a topic by a person's yes, and is none again when that is taken back", async () => {
    const yes: Decision = {
      do: "accept",
      title: "Öffnungszeiten",
      answer: OPEN,
      examples: opening.examples,
      topicId: null,
    };
    const { topicId } = await decide(opening.id, yes);
    const topic = await company.owner.call(service.getTopic, { params: { id: topicId ?? 0 } });
    expect(topic).toMatchObject({ title: { de: "Öffnungszeiten" }, answers: [{ text: OPEN }] });
    expect(topic.examples.map(({ text }) => text).sort()).toEqual([...opening.examples].sort());
    await decide(opening.id, { do: "undo" });
    expect(await topics()).toEqual([]);
  });

  test("adds its questions to a topic that stands, and what somebody worked on is not taken back blindly", async () => {
    const yes: Decision = {
      do: "accept",
      title: "Öffnungszeiten",
      answer: OPEN,
      examples: opening.examples,
      topicId: null,
    };
    const { topicId } = await decide(opening.id, yes);
    const id = topicId ?? 0;
    await decide(returning.id, { ...yes, examples: returning.examples, topicId: id });
    const both = await company.owner.call(service.getTopic, { params: { id } });
    expect(both.examples).toHaveLength(opening.examples.length + returning.examples.length);
    const refused = await company.owner.refused(service.decideProposedTopic, {
      params: { id: opening.id },
      body: { do: "undo" },
    });
    expect(refused).toMatchObject({ code: "conflict" });
    await decide(returning.id, { do: "undo" });
    expect((await company.owner.call(service.getTopic, { params: { id } })).examples).toHaveLength(
      opening.examples.length,
    );
    await decide(opening.id, { do: "undo" });
    expect(await topics()).toEqual([]);
  });

  test("goes with everything undecided when it is removed", async () => {
    await company.owner.call(service.removeIntake, { params: { id: intakeId } });
    expect((await company.owner.call(service.listIntakes)).items).toEqual([]);
    expect(
      await company.owner.refused(service.decideProposedTopic, {
        params: { id: opening.id },
        body: { do: "drop" },
      }),
    ).toMatchObject({ code: "not_found" });
  });
});

describe("what cannot be read", () => {
  test("is said by name, and nothing of it is kept", async () => {
    const id = await send(Buffer.from("Liebes Tagebuch, heute war ein schöner Tag"), "tagebuch.txt");
    expect(await settled(id)).toMatchObject({
      state: "failed",
      fault: "unknown_kind",
      topics: [],
      counts: null,
    });
    const late = await company.owner.refused(service.sendIntakePart, {
      params: { id },
      body: { place: 0, data: "QQ==" },
    });
    expect(late.code).toBe("rule_broken");
    await company.owner.call(service.removeIntake, { params: { id } });
  });

  test("a part that is too short belongs to no file", async () => {
    const { id } = await company.owner.call(service.startIntake, { body: { name: "x.mbox", bytes: 100 } });
    const refused = await company.owner.refused(service.sendIntakePart, {
      params: { id },
      body: { place: 0, data: "QQ==" },
    });
    expect(refused.code).toBe("rule_broken");
    await company.owner.call(service.removeIntake, { params: { id } });
  });

  test("another company sees nothing of it", async () => {
    const { id } = await company.owner.call(service.startIntake, { body: { name: "x.mbox", bytes: 100 } });
    const other = await newCompany(node);
    expect((await other.owner.refused(service.getIntake, { params: { id } })).code).toBe("not_found");
    await company.owner.call(service.removeIntake, { params: { id } });
  });
});

describe("a page", () => {
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.statusCode = request.url === "/faq" ? 200 : 500;
      response.end(
        "<!doctype html><h2>Liefern Sie nach Wien?</h2><p>Ja, in vier Tagen.</p><h2>Gibt es einen Lift?</h2><p>Ja.</p>",
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const read = async (url: string) => {
    const { id } = await company.owner.call(service.startIntake, { body: { name: randomUUID(), url } });
    return settled(id);
  };

  test("is fetched by its address, and each of its questions is proposed", async () => {
    const { topics: proposed } = await read(`${address}/faq`);
    expect(proposed.map(({ title, answer }) => [title, answer])).toEqual([
      ["Liefern Sie nach Wien?", "Ja, in vier Tagen."],
      ["Gibt es einen Lift?", "Ja."],
    ]);
  });

  test("that does not answer is a sentence", async () => {
    expect(await read(`${address}/away`)).toMatchObject({ state: "failed", fault: "page_unreachable" });
  });
});
