import type { ChannelAccount } from "#kernel";

/** How a mailbox is reached; from the channel's settings, as its contract checked them. */
export interface Mailbox {
  address: string;
  fromName: string;
  user: string;
  password: string;
  imap: Server;
  smtp: Server;
  folder: string;
  /** The provider delivers name+anything@ to name@. */
  hasPlusAddresses: boolean;
}

export interface Server {
  host: string;
  port: number;
  /** tls: from the first byte; starttls: switched to, or nothing is sent; none: for this machine only. */
  security: "tls" | "starttls" | "none";
}

export function mailboxOf(account: ChannelAccount): Mailbox {
  const { settings } = account;
  return {
    address: account.address,
    fromName: words(settings.fromName) || account.name,
    user: words(settings.user) || account.address,
    password: account.token,
    imap: serverOf(settings.imap, 993),
    smtp: serverOf(settings.smtp, 465),
    folder: words(settings.folder) || "INBOX",
    hasPlusAddresses: settings.plusAddresses === true,
  };
}

function serverOf(value: unknown, port: number): Server {
  const given = (value ?? {}) as Partial<Record<keyof Server, unknown>>;
  const security = given.security === "starttls" || given.security === "none" ? given.security : "tls";
  return { host: words(given.host), port: typeof given.port === "number" ? given.port : port, security };
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}
