import { ImapFlow } from "imapflow";
import type { Mailbox } from "./mailbox.ts";

const CONNECT_TIMEOUT_MS = 20_000;
const SOCKET_TIMEOUT_MS = 300_000;
/** RFC 2177: an IDLE of half an hour is cut by servers; routers forget a silent connection sooner. */
const IDLE_MS = 240_000;

/** A client that logs nothing: its log would hold mails. */
export function openImap({ imap, user, password }: Mailbox): ImapFlow {
  return new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.security === "tls",
    doSTARTTLS: imap.security === "tls" ? undefined : imap.security === "starttls",
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    maxIdleTime: IDLE_MS,
    disableAutoIdle: true,
  });
}
