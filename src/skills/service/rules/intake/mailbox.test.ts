import { describe, expect, test } from "vitest";
import type { ArchivedMail } from "./exchange.ts";
import type { IntakeError } from "./faults.ts";
import { pairMails } from "./mailbox.ts";
import { openMboxSplitter } from "./mbox.ts";

const SHOP = "post@laden.example";
let count = 0;

function mail(order: {
  from: string;
  to: string;
  said: string;
  subject?: string;
  id?: string;
  refers?: string[];
  automatic?: string;
}): ArchivedMail {
  const { from, to, said, subject = "Frage", refers = [], automatic = null } = order;
  count++;
  return {
    id: order.id ?? `m${count}`,
    refers,
    from: { address: from, name: "" },
    recipients: [{ address: to, name: "" }],
    sentAt: count * 60_000,
    subject,
    said,
    automatic,
  };
}

const A = "a@post.example";
const B = "b@post.example";

describe("pairs", () => {
  test("by the mail that is answered, and by subject where the answer names none; the first answer counts", () => {
    const { exchanges, own, counts } = pairMails(
      [
        mail({ id: "q1", from: A, to: SHOP, said: "Wann haben Sie offen?" }),
        mail({ id: "q2", from: B, to: SHOP, said: "Wo ist meine Bestellung?", subject: "Bestellung" }),
        mail({ id: "a1", from: SHOP, to: A, said: "Ab neun.", refers: ["q1"] }),
        mail({ id: "t1", from: A, to: SHOP, said: "Vielen Dank!", refers: ["a1", "q1"] }),
        mail({ id: "a2", from: SHOP, to: B, said: "Sie ist unterwegs.", subject: "bestellung" }),
        mail({ id: "a3", from: SHOP, to: B, said: "Jetzt ist sie da.", refers: ["q2"] }),
        mail({ id: "n1", from: "n@handel.example", to: SHOP, said: "", automatic: "list" }),
        mail({ id: "q1", from: A, to: SHOP, said: "Wann haben Sie offen?" }),
      ],
      { own: [], broken: 2 },
    );
    expect(own).toBe(SHOP);
    expect(exchanges.map(({ question, answer }) => [question, answer]).sort()).toEqual([
      ["Wann haben Sie offen?", "Ab neun."],
      ["Wo ist meine Bestellung?", "Sie ist unterwegs."],
    ]);
    expect(counts).toEqual({ read: 9, automatic: 1, broken: 2, questions: 2, answered: 2 });
  });

  test("what follows in a thread counts where it asks and is answered", () => {
    const { exchanges } = pairMails(
      [
        mail({ id: "q5", from: A, to: SHOP, said: "Haben Sie Tee?" }),
        mail({ id: "a5", from: SHOP, to: A, said: "Ja.", refers: ["q5"] }),
        mail({ id: "q6", from: A, to: SHOP, said: "Und was kostet der Tee?", refers: ["a5"] }),
        mail({ id: "a6", from: SHOP, to: A, said: "Vier Euro.", refers: ["q6", "a5"] }),
      ],
      { own: ["laden.example"] },
    );
    expect(exchanges.map(({ answer }) => answer)).toEqual(["Ja.", "Vier Euro."]);
  });

  test("a subject that asks belongs to the question, one that repeats it does not", () => {
    const asked = (subject: string, said: string) =>
      pairMails([mail({ from: A, to: SHOP, subject, said })], { own: [SHOP] }).exchanges[0]?.question;
    expect(asked("Haben Sie an Pfingsten offen?", "Danke im Voraus und schöne Grüße")).toMatch(
      /^Haben Sie an Pfingsten offen\?/,
    );
    expect(asked("Frage", "Haben Sie an Pfingsten offen?")).toBe("Haben Sie an Pfingsten offen?");
    expect(asked("Pfingsten offen?", "Haben Sie an Pfingsten offen?")).toBe("Haben Sie an Pfingsten offen?");
  });

  test("a mailbox of one writer says not whose it is", () => {
    let fault = "";
    try {
      pairMails([mail({ from: A, to: B, said: "Wann?" })], { own: [] });
    } catch (error) {
      fault = (error as IntakeError).fault;
    }
    expect(fault).toBe("own_unknown");
  });
});

describe("the file", () => {
  const MBOX =
    "From a@post.example Mon Mar  4 10:00:00 2024\r\nFrom: A <a@post.example>\r\nTo: post@laden.example\r\nSubject: =?utf-8?Q?Gr=C3=B6=C3=9Fe?=\r\nMessage-ID: <1@x>\r\n\r\nPasst mir Größe M?\r\n>From hier an zitiert\r\nFrom nowhere: no beginning, no empty line before\r\n\r\nFrom b@post.example Mon Mar  4 11:00:00 2024\r\nFrom: b@post.example\r\nAuto-Submitted: auto-replied\r\n\r\nIch bin nicht da\r\n\r\nFrom kaputt\r\nein Mensch schrieb das nie\r\n";

  const split = (bytes: number) => {
    const splitter = openMboxSplitter();
    const raw = Buffer.from(MBOX, "utf8");
    const mails: Buffer[] = [];
    for (let at = 0; at < raw.length; at += bytes) mails.push(...splitter.push(raw.subarray(at, at + bytes)));
    return [...mails, ...splitter.end()].map((one) => one.toString("utf8"));
  };

  test("comes apart at its From lines, however it is cut, and its quoted ones are undone", () => {
    const mails = split(7);
    expect(mails).toEqual(split(100_000));
    expect(mails).toHaveLength(3);
    expect(mails[0]).toContain("\r\nFrom hier an zitiert\r\nFrom nowhere");
  });
});

test("a contact form's mailbox, all from one address with one subject, is not gone through once for each answer", () => {
  const FORM = "form@formular.example";
  let looked = 0;
  const mails = Array.from({ length: 2_000 }, (_, n) => {
    const said = n % 2 === 0 ? `Wann kommt Paket ${n}?` : `Morgen, Nummer ${n}`;
    const one = n % 2 === 0 ? mail({ from: FORM, to: SHOP, said }) : mail({ from: SHOP, to: FORM, said });
    const { sentAt } = one;
    return Object.defineProperty(one, "sentAt", {
      get: () => {
        looked++;
        return sentAt;
      },
    });
  });
  const { exchanges, counts } = pairMails(mails, { own: [SHOP] });
  expect(counts).toMatchObject({ questions: 1_000, answered: 1_000 });
  expect(exchanges[400]).toMatchObject({ question: "Wann kommt Paket 800?", answer: "Morgen, Nummer 801" });
  // Sorting and halving look some 60,000 times; each answer at all questions would be a million.
  expect(looked).toBeLessThan(200_000);
});
