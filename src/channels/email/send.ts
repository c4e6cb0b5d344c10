import type { ChannelAccount, OutboundMessage, SendResult } from "#kernel";
import { compose } from "./compose.ts";
import { mailboxOf } from "./mailbox.ts";
import { fateOf } from "./smtp-errors.ts";
import { faultOf, transportOf } from "./transport.ts";

/** Hands one mail to the mailbox's server. Its Message-ID is the same at every try. */
export async function send(message: OutboundMessage, account: ChannelAccount): Promise<SendResult> {
  const mail = await compose(message, account);
  if ("problem" in mail)
    return { outcome: "failed", action: "media", error: { code: 0, title: mail.problem } };
  const transport = transportOf(mailboxOf(account));
  let isWritten = false;
  const onWritten = (): void => {
    isWritten = true;
  };
  try {
    const told = { ...mail, onWritten };
    await transport.sendMail(told);
    return { outcome: "accepted", externalId: mail.messageId.slice(1, -1) };
  } catch (error) {
    return fateOf(faultOf(error, isWritten));
  }
}
