import type { ChannelAccount } from "#kernel";
import { OWN_HEADER } from "./guard.ts";
import { mailboxOf } from "./mailbox.ts";
import { fateOf } from "./smtp-errors.ts";
import { faultOf, transportOf } from "./transport.ts";

/** A mail to somebody who works for the company: no conversation, no customer, no answer expected. */
export interface StaffMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Left of the Message-ID's @; the same at every try. */
  key: string;
}

/**
 * Hands it to the mailbox's server, once.
 * @returns again: not taken, it may be later; refused: it never will be; doubtful: it left and no answer came
 */
export async function sendStaffMail(
  { key, ...mail }: StaffMail,
  account: ChannelAccount,
): Promise<"sent" | "again" | "refused" | "doubtful"> {
  const mailbox = mailboxOf(account);
  const { address } = mailbox;
  let isWritten = false;
  const told = {
    ...mail,
    messageId: `<${key}@${address.slice(address.lastIndexOf("@") + 1)}>`,
    from: { name: mailbox.fromName, address },
    // A machine wrote it (RFC 3834): neither this node nor another answers it.
    headers: {
      [OWN_HEADER]: account.address,
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
    onWritten: (): void => {
      isWritten = true;
    },
  };
  try {
    await transportOf(mailbox).sendMail(told);
    return "sent";
  } catch (error) {
    const { outcome } = fateOf(faultOf(error, isWritten));
    if (outcome === "retry") return "again";
    return outcome === "uncertain" ? "doubtful" : "refused";
  }
}
