import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "#kernel";
import { mistype } from "../assistant/sets.ts";
import { seeded } from "../machine/random.ts";
import { FIRST_NAMES, LAST_NAMES, type Language, STAFF, STREETS, TOWNS, WORDS } from "./mailbox-words.ts";

/**
 * A shop's mailbox made of texts that stand in the repository: the questions and answers of the demo company, and the
 * held-out questions of the retail list, whose answers nobody has written. Topics come as unevenly as in life (Zipf), and
 * a part of the mails is noise: newsletters, bounces, absence notes, thanks.
 */

const ROOT = join(import.meta.dirname, "../../..");
const DEMO = join(ROOT, "demo/hansekontor");
const OWN = "post@laden.example";

interface Source {
  readonly text: string;
  readonly language: Language;
  readonly topic: string | null;
}

interface Writer {
  readonly name: string;
  readonly address: string;
}

export interface MadeMailbox {
  readonly mbox: Buffer;
  readonly mails: number;
  readonly questions: number;
  readonly noise: number;
}

function rowsOf(path: string): string[][] {
  const [, ...rows] = readCsv(readFileSync(path, "utf8")).records;
  return rows.map(({ fields }) => [...fields]);
}

function readSources() {
  const demo = rowsOf(join(DEMO, "examples.csv")).flatMap(([text = "", topic = "", language]): Source[] =>
    topic === "none" || topic === "" ? [] : [{ text, topic, language: language === "en" ? "en" : "de" }],
  );
  const held = (["de", "en"] as const).flatMap((language) =>
    rowsOf(join(import.meta.dirname, `questions/retail.${language}.csv`)).map(
      ([text = ""]): Source => ({ text, topic: null, language }),
    ),
  );
  const answers = new Map(
    rowsOf(join(DEMO, "topics.csv")).map(([topic, language, , answer = ""]) => [
      `${topic} ${language}`,
      answer,
    ]),
  );
  return { demo, held, answers };
}

const SHARES = { held: 0.12, answered: 0.8, general: 0.07, thanks: 0.15, noise: 0.14 } as const;

/** @param count mails in all; the same seed makes the same bytes */
export function makeMailbox(count: number, seed: number): MadeMailbox {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const { demo, held, answers } = readSources();
  const draw = zipf(demo, random);
  const mails: string[] = [];
  let [questions, noise] = [0, 0];
  const start = Date.UTC(2026, 2, 1, 7);
  const put = (mail: Mail): string => {
    mails.push(written(mail, { place: mails.length, at: start + mails.length * 900_000, random }));
    return idOf(mails.length - 1);
  };
  while (mails.length < count) {
    if (random() < SHARES.noise) {
      put(noiseMail(pick, random));
      noise++;
      continue;
    }
    const source = random() < SHARES.held ? pick(held) : draw();
    const writer = writerOf(pick, random);
    const mail = questionMail(source, writer, { pick, random });
    const asked = put(mail);
    questions++;
    if (random() >= SHARES.answered || mails.length >= count) continue;
    const known = source.topic === null ? undefined : answers.get(`${source.topic} ${source.language}`);
    const said =
      known === undefined || random() < SHARES.general ? pick(WORDS[source.language].general) : known;
    const answer = put(answerMail(mail, asked, said, { pick, random }));
    if (random() < SHARES.thanks && mails.length < count)
      put({
        ...mail,
        subject: `Re: ${mail.subject}`,
        refers: [asked, answer],
        body: pick(WORDS[source.language].thanks),
      });
  }
  return { mbox: Buffer.from(mails.join(""), "utf8"), mails: mails.length, questions, noise };
}

/** Topics in a fixed order of rank; a few are asked often and many seldom. */
function zipf(sources: readonly Source[], random: () => number): () => Source {
  const byTopic = new Map<string, Source[]>();
  for (const source of sources)
    byTopic.set(source.topic ?? "", [...(byTopic.get(source.topic ?? "") ?? []), source]);
  const topics = [...byTopic.values()];
  const weights = topics.map((_, rank) => 1 / (rank + 4));
  const sum = weights.reduce((a, b) => a + b, 0);
  return () => {
    let left = random() * sum;
    const place = weights.findIndex((weight) => {
      left -= weight;
      return left <= 0;
    });
    const own = topics[place < 0 ? topics.length - 1 : place] as Source[];
    return own[Math.floor(random() * own.length)] as Source;
  };
}

interface Mail {
  readonly from: Writer;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
  readonly refers: readonly string[];
  readonly headers?: readonly string[];
}

interface Chance {
  readonly pick: <T>(list: readonly T[]) => T;
  readonly random: () => number;
}

function writerOf(pick: Chance["pick"], random: () => number): Writer {
  const [first, last] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
  return {
    name: `${first} ${last}`,
    address: `${first}.${last}${Math.floor(random() * 90)}@post.example`.toLowerCase().replace("ö", "oe"),
  };
}

function questionMail({ text, language }: Source, writer: Writer, { pick, random }: Chance): Mail {
  const words = WORDS[language];
  let said = random() < 0.25 ? text.toLowerCase() : text;
  if (random() < 0.3) said = mistype(said, 0.02, random);
  if (random() < 0.15) said = said.replace(/[äöü]/g, (one) => ({ ä: "ae", ö: "oe", ü: "ue" })[one] as string);
  const story = random() < 0.3 ? `${pick(words.stories)} ` : "";
  const number = random() < 0.15 ? ` (HK-${20_000 + Math.floor(random() * 9_000)})` : "";
  const block =
    random() < 0.25
      ? `\n${pick(STREETS)} ${1 + Math.floor(random() * 90)}\n${20_000 + Math.floor(random() * 70_000)} ${pick(TOWNS)}\nTel. 0${151 + Math.floor(random() * 20)} ${1_000_000 + Math.floor(random() * 8_000_000)}`
      : "";
  const closing = pick(words.closings);
  const signature =
    closing === ""
      ? ""
      : `\n\n${closing}\n${random() < 0.5 ? writer.name : writer.name.split(" ")[0]}${block}`;
  const subject = random() < 0.4 ? text.split(" ").slice(0, 5).join(" ") : pick(words.subjects);
  return {
    from: writer,
    to: OWN,
    subject,
    language,
    refers: [],
    body: `${pick(words.greetings)}\n\n${story}${said}${number}${signature}`.trim(),
  };
}

function answerMail(asked: Mail, id: string, answer: string, { pick, random }: Chance): Mail {
  const words = WORDS[asked.language];
  const sentences = answer.split(/(?<=[.!?])\s+/);
  // Colleagues use the same text and leave out what does not fit.
  const kept = sentences.filter((_, place) => place === 0 || random() > 0.15).join(" ");
  const looked = random() < 0.6 ? `${pick(words.staffLooked)}\n\n` : "";
  const staff = pick(STAFF);
  const quote = asked.body
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  const attribution =
    asked.language === "de"
      ? `Am 3.3.2026 um 10:00 schrieb ${asked.from.name}:`
      : `On 3 March 2026 at 10:00, ${asked.from.name} wrote:`;
  const body = `${pick(words.staffGreetings)} ${asked.from.name.split(" ")[0]},\n\n${looked}${kept}\n\n${pick(words.staffClosings)}\n${staff}\n\n${attribution}\n${quote}`;
  return {
    from: { name: staff, address: OWN },
    to: asked.from.address,
    subject: `Re: ${asked.subject}`,
    language: asked.language,
    refers: [id],
    body,
  };
}

function noiseMail(pick: Chance["pick"], random: () => number): Mail {
  const language: Language = random() < 0.7 ? "de" : "en";
  const kind = random();
  const base = { to: OWN, language, refers: [] };
  if (kind < 0.6)
    return {
      ...base,
      from: { name: "Handel heute", address: "news@handel.example" },
      subject: pick(WORDS[language].newsletter),
      body: pick(WORDS[language].newsletter),
      headers: ["List-Unsubscribe: <https://handel.example/u>", "Precedence: bulk"],
    };
  if (kind < 0.8)
    return {
      ...base,
      from: { name: "Mail Delivery System", address: "mailer-daemon@post.example" },
      subject: "Undelivered Mail Returned to Sender",
      body: "The mail system could not deliver your message. 550 5.1.1 user unknown",
    };
  return {
    ...base,
    from: writerOf(pick, random),
    subject: language === "de" ? "Abwesenheitsnotiz" : "Out of office",
    body: language === "de" ? "Ich bin bis Montag nicht im Haus." : "I am away until Monday.",
    headers: ["Auto-Submitted: auto-replied"],
  };
}

const idOf = (place: number): string => `${place}.bench@post.example`;

function written(
  mail: Mail,
  { place, at, random }: { place: number; at: number; random: () => number },
): string {
  const date = new Date(at).toUTCString().replace("GMT", "+0000");
  const isCoded = random() < 0.5;
  const body = isCoded
    ? Buffer.from(mail.body, "utf8").toString("base64").replace(/.{76}/g, "$&\r\n")
    : mail.body.replace(/^(>*From )/gm, ">$1");
  const references = mail.refers.map((id) => `<${id}>`).join(" ");
  const head = [
    `From: =?utf-8?B?${Buffer.from(mail.from.name).toString("base64")}?= <${mail.from.address}>`,
    `To: <${mail.to}>`,
    `Subject: =?utf-8?B?${Buffer.from(mail.subject).toString("base64")}?=`,
    `Date: ${date}`,
    `Message-ID: <${idOf(place)}>`,
    ...(references === "" ? [] : [`References: ${references}`, `In-Reply-To: <${mail.refers.at(-1)}>`]),
    ...(mail.headers ?? []),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    `Content-Transfer-Encoding: ${isCoded ? "base64" : "8bit"}`,
  ];
  return `From ${mail.from.address} ${new Date(at).toUTCString()}\r\n${head.join("\r\n")}\r\n\r\n${body.replace(/\r?\n/g, "\r\n")}\r\n\r\n`;
}
