import { z } from "zod";

/** How a mailbox is reached. */

const server = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  security: z
    .enum(["tls", "starttls", "none"])
    .default("tls")
    .describe("none: only for a server on this machine"),
});

/** What is asked for beside the address and the password; all of it can be changed later. */
export const mailboxSettings = z.object({
  imap: server,
  smtp: server,
  user: z.string().trim().max(254).describe("empty = the address").default(""),
  fromName: z.string().trim().max(80).describe("empty = the channel's name").default(""),
  folder: z.string().trim().min(1).max(200).default("INBOX"),
  plusAddresses: z
    .boolean()
    .default(false)
    .describe("the provider delivers name+anything@ to name@, so that answers find home without any header"),
});
export type MailboxSettings = z.output<typeof mailboxSettings>;

export const mailboxInput = mailboxSettings.extend({
  kind: z.literal("email"),
  name: z.string().trim().min(1).max(80),
  address: z.email().max(254),
  password: z.string().min(1).max(1000),
});

export const mailboxChange = z.object({
  imap: server.optional(),
  smtp: server.optional(),
  user: z.string().trim().max(254).optional(),
  fromName: z.string().trim().max(80).optional(),
  folder: z.string().trim().min(1).max(200).optional(),
  plusAddresses: z.boolean().optional(),
});
