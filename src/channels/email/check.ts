import { createTransport } from "nodemailer";
import type { ChannelAccount } from "#kernel";
import { domainSentence } from "./domain.ts";
import { openImap } from "./imap.ts";
import { type Mailbox, mailboxOf, type Server } from "./mailbox.ts";
import { faultOf, options } from "./transport.ts";

/** Asks both servers of a mailbox; each fault is one sentence that names the place to look at. */

interface Health {
  ok: boolean;
  text: string;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "has no such host",
  EAI_AGAIN: "has no host that the name service knows at the moment",
  EDNS: "has no such host",
  ECONNREFUSED: "listens at no such port",
  ETIMEDOUT: "does not answer",
  EHOSTUNREACH: "is not reached from here",
  ENETUNREACH: "is not reached from here",
  ECONNRESET: "closed the connection",
  ETLS: "cannot be spoken to safely",
  EAUTH: "refuses user or password",
};

export async function check(account: ChannelAccount): Promise<Health> {
  const mailbox = mailboxOf(account);
  const [imap, smtp] = [await faultOfImap(mailbox), await faultOfSmtp(mailbox)];
  const faults = [
    imap && sentence("IMAP", mailbox.imap, imap),
    smtp && sentence("SMTP", mailbox.smtp, smtp),
  ].filter((fault) => fault !== null);
  if (faults.length > 0) return { ok: false, text: faults.join(" ") };
  const domain = await domainSentence(mailbox.address);
  return { ok: true, text: `${mailbox.address}: reading and sending work${domain && `. ${domain}`}` };
}

/** Why it cannot be read, as the end of a sentence; null: it can. */
export async function faultOfImap(mailbox: Mailbox): Promise<string | null> {
  const client = openImap(mailbox);
  try {
    await client.connect();
  } catch (error) {
    return reasonOf(error);
  }
  try {
    await client.mailboxOpen(mailbox.folder, { readOnly: true });
    return null;
  } catch {
    return `has no folder "${mailbox.folder}"`;
  } finally {
    await client.logout().catch(() => client.close());
  }
}

/** Why nothing can be sent by it; null: it can. */
export async function faultOfSmtp(mailbox: Mailbox): Promise<string | null> {
  const transport = createTransport(options(mailbox));
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return reasonOf(error);
  } finally {
    transport.close();
  }
}

function sentence(name: string, { host, port }: Server, reason: string): string {
  return `${name}: ${host}:${port} ${reason}.`;
}

/** nodemailer keeps the system's code in the message only: "connect ECONNREFUSED 127.0.0.1:25". */
function systemCode(error: unknown): string {
  return error instanceof Error ? (/\bE[A-Z]{4,12}\b/.exec(error.message)?.[0] ?? "") : "";
}

/** @param error of nodemailer, imapflow or Node */
export function reasonOf(error: unknown): string {
  const { code, responseCode } = faultOf(error);
  const { authenticationFailed, errno, cause } = (error ?? {}) as {
    authenticationFailed?: unknown;
    errno?: unknown;
    cause?: { code?: unknown };
  };
  if (authenticationFailed === true) return REASONS.EAUTH as string;
  const inner =
    typeof cause?.code === "string" ? cause.code : typeof errno === "string" ? errno : systemCode(error);
  const known = REASONS[inner] ?? REASONS[code];
  if (known) return known;
  if (/CERT|SELF_SIGNED|TLS|SSL/i.test(code)) return "shows a certificate that does not fit";
  return responseCode > 0 ? `answered ${responseCode}` : `failed (${code || "no reason given"})`;
}
