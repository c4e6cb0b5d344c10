import { type Line, type LineServer, startLineServer } from "./mail-lines.ts";

/** A mail server that takes mails (RFC 5321 with AUTH PLAIN and LOGIN), and fails where it is told to. */

export interface TakenMail {
  from: string;
  to: string[];
  raw: Buffer;
}

/** What it does when a mail for this address comes. */
export interface SmtpFault {
  /** The recipient's address, lower case; "*" = everybody. */
  to: string;
  /** e.g. "550 5.1.1 No such user"; "close" = the connection is cut without an answer. */
  reply: string;
  at: "rcpt" | "data";
  /** So many times; then all is well. */
  times: number;
}

export interface SmtpParts {
  login(user: string, password: string): boolean;
  faults: SmtpFault[];
  take(mail: TakenMail): void;
}

export function startSmtp(port: number, parts: SmtpParts): Promise<LineServer> {
  return startLineServer(port, (line) => converse(line, parts));
}

interface Session {
  isKnown: boolean;
  from: string;
  to: string[];
}

async function converse(line: Line, parts: SmtpParts): Promise<void> {
  const session: Session = { isKnown: false, from: "", to: [] };
  line.write("220 simulator ESMTP\r\n");
  for (let text = await line.read(); text !== null; text = await line.read()) {
    const [verb = "", ...rest] = text.split(" ");
    const argument = rest.join(" ");
    switch (verb.toUpperCase()) {
      case "EHLO":
        line.write("250-simulator\r\n250-AUTH PLAIN LOGIN\r\n250-8BITMIME\r\n250 SIZE 52428800\r\n");
        break;
      case "HELO":
        line.write("250 simulator\r\n");
        break;
      case "AUTH":
        session.isKnown = await login(line, argument, parts);
        break;
      case "MAIL":
        if (!session.isKnown) line.write("530 5.7.0 Authentication required\r\n");
        else {
          session.from = pathOf(argument);
          session.to = [];
          line.write("250 2.1.0 Ok\r\n");
        }
        break;
      case "RCPT": {
        const to = pathOf(argument);
        const fault = faultFor(parts.faults, to, "rcpt");
        if (fault === "close") return;
        if (fault === null) session.to.push(to);
        line.write(`${fault ?? "250 2.1.5 Ok"}\r\n`);
        break;
      }
      case "DATA":
        if (!(await takeData(line, session, parts))) return;
        break;
      case "RSET":
      case "NOOP":
        line.write("250 2.0.0 Ok\r\n");
        break;
      case "QUIT":
        line.write("221 2.0.0 Bye\r\n");
        return;
      default:
        line.write("502 5.5.2 What?\r\n");
    }
  }
}

/** "FROM:<a@b> SIZE=1" -> "a@b" */
function pathOf(argument: string): string {
  return (/<([^>]*)>/.exec(argument)?.[1] ?? "").toLowerCase();
}

function faultFor(faults: SmtpFault[], to: string, at: SmtpFault["at"]): string | null {
  const fault = faults.find((one) => one.at === at && one.times > 0 && (one.to === "*" || one.to === to));
  if (!fault) return null;
  fault.times -= 1;
  return fault.reply;
}

async function login(line: Line, argument: string, parts: SmtpParts): Promise<boolean> {
  const [method = "", first] = argument.split(" ");
  const ask = async (prompt: string): Promise<string> => {
    line.write(`334 ${Buffer.from(prompt).toString("base64")}\r\n`);
    return Buffer.from((await line.read()) ?? "", "base64").toString("utf8");
  };
  let user: string | undefined;
  let password: string | undefined;
  if (method.toUpperCase() === "PLAIN") {
    const text = first ? Buffer.from(first, "base64").toString("utf8") : await ask("");
    [, user, password] = text.split("\0");
  } else {
    user = first ? Buffer.from(first, "base64").toString("utf8") : await ask("Username:");
    password = await ask("Password:");
  }
  const isKnown = parts.login(user ?? "", password ?? "");
  line.write(isKnown ? "235 2.7.0 Welcome\r\n" : "535 5.7.8 Authentication failed\r\n");
  return isKnown;
}

async function takeData(line: Line, session: Session, parts: SmtpParts): Promise<boolean> {
  if (session.to.length === 0) {
    line.write("503 5.5.1 No recipient\r\n");
    return true;
  }
  line.write("354 Go on\r\n");
  const lines: string[] = [];
  for (let text = await line.read(); text !== "."; text = await line.read()) {
    if (text === null) return false;
    lines.push(text.startsWith(".") ? text.slice(1) : text);
  }
  const fault = faultFor(parts.faults, session.to[0] ?? "", "data");
  if (fault === "close") return false;
  if (fault === null)
    parts.take({ from: session.from, to: session.to, raw: Buffer.from(`${lines.join("\r\n")}\r\n`, "utf8") });
  line.write(`${fault ?? "250 2.0.0 Taken"}\r\n`);
  return true;
}
