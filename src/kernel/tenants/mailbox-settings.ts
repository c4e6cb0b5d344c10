import { isIP } from "node:net";
import type { z } from "zod";
import type { MailboxSettings, mailboxChange, mailboxInput } from "../api/mailbox.ts";
import { AppError } from "../errors.ts";

/** A mailbox as its channel's row holds it: the password is the token, which no API gives out. */
export function mailboxColumns(input: z.output<typeof mailboxInput>) {
  const { imap, smtp, user, fromName, folder, plusAddresses, address, password } = input;
  const settings = { imap, smtp, user, fromName, folder, plusAddresses };
  checkSecurity(settings);
  return {
    app_id: null,
    address: address.toLowerCase(),
    token: password,
    settings: JSON.stringify(settings),
  };
}

/** @throws AppError bad_request */
export function changedMailbox(
  settings: Readonly<Record<string, unknown>>,
  change: z.output<typeof mailboxChange>,
): Record<string, unknown> {
  checkSecurity(change);
  return { ...settings, ...change };
}

/** A password in clear over a network is read by whoever stands between. */
function checkSecurity(settings: Partial<Pick<MailboxSettings, "imap" | "smtp">>): void {
  for (const name of ["imap", "smtp"] as const) {
    const server = settings[name];
    if (server?.security !== "none" || isThisMachine(server.host)) continue;
    throw new AppError("bad_request", undefined, [
      { path: `${name}.security`, message: "none is for a server on this machine only" },
    ]);
  }
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
