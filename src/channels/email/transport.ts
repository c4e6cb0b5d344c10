import { Transform } from "node:stream";
import { createTransport, type Transporter } from "nodemailer";
import type { OutgoingMail } from "./compose.ts";
import type { Mailbox } from "./mailbox.ts";
import type { SmtpFault } from "./smtp-errors.ts";

/** Connections to the mailboxes' servers, kept while there is something to send. */

export const CONNECTIONS = 3;
const CONNECT_TIMEOUT_MS = 20_000;
const ANSWER_TIMEOUT_MS = 60_000;
/** Servers close idle connections after a few minutes; we do it first. */
const IDLE_MS = 30_000;

interface Open {
  transport: Transporter;
  closing: NodeJS.Timeout;
}

const open = new Map<string, Open>();

/** @returns the pool of this mailbox; with another password it is another one */
export function transportOf(mailbox: Mailbox): Transporter {
  const key = JSON.stringify([mailbox.smtp, mailbox.user, mailbox.password]);
  const known = open.get(key);
  if (known) {
    known.closing.refresh();
    return known.transport;
  }
  const transport = createTransport({
    ...options(mailbox),
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: 100,
  });
  transport.use("stream", (mail, done) => {
    mail.message.transform(() => tellingEnd((mail.data as OutgoingMail).onWritten));
    done();
  });
  const closing = setTimeout(() => {
    open.delete(key);
    transport.close();
  }, IDLE_MS);
  closing.unref();
  open.set(key, { transport, closing });
  return transport;
}

/** Nothing in an error tells whether the connection fell before or after the mail: the stream's end does. */
function tellingEnd(onEnd: (() => void) | undefined): Transform {
  return new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush(done) {
      onEnd?.();
      done();
    },
  });
}

/** How nodemailer reaches the server. Files and addresses named in a mail are never opened. */
export function options({ smtp, user, password }: Mailbox) {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === "tls",
    requireTLS: smtp.security === "starttls",
    ignoreTLS: smtp.security === "none",
    ...(password !== "" && { auth: { user, pass: password } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** @param isWritten whether the whole mail had been written when it failed */
export function faultOf(error: unknown, isWritten = false): SmtpFault {
  const given = (error ?? {}) as Partial<Record<keyof SmtpFault, unknown>>;
  const words = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    code: words(given.code),
    responseCode: typeof given.responseCode === "number" ? given.responseCode : 0,
    response: words(given.response),
    isWritten,
  };
}
