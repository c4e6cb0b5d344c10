import type { ChannelAccount } from "#kernel";
import type { Door } from "./door.ts";
import { messagesUrl } from "./send.ts";

/**
 * Marks the customer's message as read and shows "typing" for up to 25 s; Meta has one call for both and needs
 * the message's id. A failure is silent: it changes nothing for the customer.
 */
export async function typing(
  account: ChannelAccount,
  lastExternalId: string | null,
  door: Door,
): Promise<void> {
  // "content:" and "long:" are ids that we made ourselves
  if (!lastExternalId || /^(content|long):/.test(lastExternalId)) return;
  const body = JSON.stringify({
    messaging_product: "whatsapp",
    status: "read",
    message_id: lastExternalId,
    typing_indicator: { type: "text" },
  });
  await door({ method: "POST", url: messagesUrl(account), token: account.token, body }).catch(
    () => undefined,
  );
}
