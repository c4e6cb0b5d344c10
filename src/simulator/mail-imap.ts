import type { MailBox, StoredMail } from "./mail-box.ts";
import { type Line, type LineServer, startLineServer } from "./mail-lines.ts";

/**
 * As much of IMAP4rev1 (RFC 3501) with IDLE (RFC 2177) as a program needs that reads one folder: LOGIN, SELECT, UID
 * SEARCH, UID FETCH, UID STORE, IDLE, NOOP, LOGOUT.
 */
export function startImap(
  port: number,
  parts: { boxOf(user: string, password: string): MailBox | undefined },
): Promise<LineServer> {
  return startLineServer(port, (line) => converse(line, parts));
}

interface Session {
  line: Line;
  box: MailBox | undefined;
  isSelected: boolean;
  /** How many mails the other side knows of. */
  told: number;
}

const CAPABILITIES = "CAPABILITY IMAP4rev1 IDLE";

async function converse(
  line: Line,
  parts: { boxOf(user: string, password: string): MailBox | undefined },
): Promise<void> {
  const session: Session = { line, box: undefined, isSelected: false, told: 0 };
  line.write(`* OK [${CAPABILITIES}] simulator\r\n`);
  for (let text = await readCommand(line); text !== null; text = await readCommand(line)) {
    const [, tag = "*", name = "", rest = ""] = /^(\S+) (\S+)(?: (.*))?$/s.exec(text) ?? [];
    const verb = name.toUpperCase();
    if (verb === "LOGIN") {
      const [user = "", password = ""] = wordsOf(rest);
      session.box = parts.boxOf(user, password);
      line.write(session.box ? `${tag} OK Welcome\r\n` : `${tag} NO [AUTHENTICATIONFAILED] Wrong\r\n`);
    } else if (verb === "CAPABILITY") line.write(`* ${CAPABILITIES}\r\n${tag} OK Done\r\n`);
    else if (verb === "LOGOUT") {
      line.write(`* BYE\r\n${tag} OK Bye\r\n`);
      return;
    } else if (!session.box) line.write(`${tag} NO Log in first\r\n`);
    else if (!(await answer(session, session.box, { tag, verb, rest }))) return;
  }
}

/** A command; literals {n} stand in it as quoted strings then. */
async function readCommand(line: Line): Promise<string | null> {
  let command = "";
  for (;;) {
    const text = await line.read();
    if (text === null) return null;
    const literal = /^(.*)\{(\d+)\+?\}$/s.exec(text);
    if (!literal) return command + text;
    if (!text.endsWith("+}")) line.write("+ Go on\r\n");
    const bytes = await line.readBytes(Number(literal[2]));
    if (bytes === null) return null;
    command += `${literal[1]}"${bytes.toString("utf8").replace(/["\\]/g, "\\$&")}"`;
  }
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    (match) => match[1]?.replace(/\\(.)/g, "$1") ?? match[2] ?? "",
  );
}

interface Command {
  tag: string;
  verb: string;
  rest: string;
}

/** @returns false when the other side has gone */
async function answer(session: Session, box: MailBox, { tag, verb, rest }: Command): Promise<boolean> {
  const { line } = session;
  switch (verb) {
    case "SELECT":
    case "EXAMINE":
      if (wordsOf(rest)[0]?.toUpperCase() !== "INBOX")
        line.write(`${tag} NO [NONEXISTENT] No such folder\r\n`);
      else {
        session.isSelected = true;
        session.told = box.mails.length;
        line.write(
          `* FLAGS (\\Seen \\Answered)\r\n* OK [PERMANENTFLAGS (\\Seen \\Answered)] Ok\r\n* ${box.mails.length} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY ${box.uidValidity}] Ok\r\n* OK [UIDNEXT ${box.uidNext}] Ok\r\n${tag} OK [READ-WRITE] Done\r\n`,
        );
      }
      return true;
    case "LIST":
    case "LSUB":
      line.write(`* ${verb} (\\HasNoChildren) "/" INBOX\r\n${tag} OK Done\r\n`);
      return true;
    case "IDLE":
      return idle(session, box, tag);
    case "UID":
      uid(session, box, tag, rest);
      return true;
    case "NOOP":
    case "CHECK":
      tell(session, box);
      line.write(`${tag} OK Done\r\n`);
      return true;
    case "CLOSE":
    case "UNSELECT":
      session.isSelected = false;
      line.write(`${tag} OK Done\r\n`);
      return true;
    default:
      line.write(`${tag} BAD What?\r\n`);
      return true;
  }
}

function tell(session: Session, box: MailBox): void {
  if (!session.isSelected || box.mails.length === session.told) return;
  session.told = box.mails.length;
  session.line.write(`* ${session.told} EXISTS\r\n`);
}

async function idle(session: Session, box: MailBox, tag: string): Promise<boolean> {
  session.line.write("+ idling\r\n");
  tell(session, box);
  const unwatch = box.watch(() => tell(session, box));
  const text = await session.line.read();
  unwatch();
  if (text === null) return false;
  session.line.write(`${tag} OK Done\r\n`);
  return true;
}

function uid(session: Session, box: MailBox, tag: string, rest: string): void {
  const { line } = session;
  const [, name = "", text = ""] = /^(\S+) (.*)$/s.exec(rest) ?? [];
  tell(session, box);
  switch (name.toUpperCase()) {
    case "SEARCH":
      line.write(
        `* SEARCH ${found(box, text)
          .map((mail) => mail.uid)
          .join(" ")}\r\n`.replace(" \r", "\r"),
      );
      break;
    case "FETCH": {
      const [, set = "", items = ""] = /^(\S+) (.*)$/s.exec(text) ?? [];
      for (const mail of inSet(box, set)) fetch(line, box, mail, items);
      break;
    }
    case "STORE": {
      const [, set = "", how = "", flags = ""] = /^(\S+) (\S+) \(?([^)]*)\)?$/s.exec(text) ?? [];
      for (const mail of inSet(box, set))
        for (const flag of flags.split(" ").filter(Boolean))
          if (how.startsWith("-")) mail.flags.delete(flag);
          else mail.flags.add(flag);
      break;
    }
    default:
      line.write(`${tag} BAD What?\r\n`);
      return;
  }
  line.write(`${tag} OK Done\r\n`);
}

/** "5:*", "3,7:9"; "*" is the highest number there is. */
function inSet(box: MailBox, set: string): StoredMail[] {
  const highest = box.mails.at(-1)?.uid ?? 0;
  const value = (text: string): number => (text === "*" ? highest : Number(text));
  const ranges = set.split(",").map((part) => {
    const [from = "", to = from] = part.split(":");
    return [value(from), value(to)].sort((a, b) => a - b) as [number, number];
  });
  return box.mails.filter(({ uid: n }) => ranges.some(([from, to]) => n >= from && n <= to));
}

function found(box: MailBox, text: string): StoredMail[] {
  const set = /\bUID (\S+)/i.exec(text)?.[1];
  const since = /\bSINCE "?(\d{1,2}-\w{3}-\d{4})/i.exec(text)?.[1];
  const from = since ? Date.parse(`${since} 00:00:00 UTC`) : 0;
  return (set ? inSet(box, set) : box.mails).filter(({ receivedAt }) => receivedAt >= from);
}

function fetch(line: Line, box: MailBox, mail: StoredMail, items: string): void {
  const place = box.mails.indexOf(mail) + 1;
  const [, from = "0", count] = /BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?/i.exec(items) ?? [];
  const isWhole = /BODY(?:\.PEEK)?\[\]/i.test(items);
  const bytes = mail.raw.subarray(Number(from), count ? Number(from) + Number(count) : undefined);
  line.write(`* ${place} FETCH (UID ${mail.uid} FLAGS (${[...mail.flags].join(" ")})`);
  if (/RFC822\.SIZE/i.test(items)) line.write(` RFC822.SIZE ${mail.raw.length}`);
  if (isWhole) {
    line.write(` BODY[]${count ? `<${from}>` : ""} {${bytes.length}}\r\n`);
    line.write(bytes);
  }
  line.write(")\r\n");
}
