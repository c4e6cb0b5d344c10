import type { Inbound } from "#kernel";
import { type Fields, idOf, NAME_MAX_CHARS, stringOf, timeOf } from "./fields.ts";
import { contactFor, personOf } from "./identities.ts";
import type { Surroundings } from "./message-item.ts";

/**
 * A customer who rings also opens the 24-hour window and must be seen: the call's start becomes a system
 * message. We cannot answer calls, so all other events are ignored.
 * @param call an element of `calls[]`.
 */
export function callItem(call: Fields, around: Surroundings): Inbound {
  const { address } = around;
  const event = stringOf(call.event, NAME_MAX_CHARS);
  const id = idOf(call.id);
  const ids = { phone: call.from, userId: call.from_user_id };
  const person = personOf(ids, contactFor(around.contacts, ids));
  if (event !== "connect" || call.direction !== "USER_INITIATED" || !id || person.identities.length === 0) {
    return { kind: "ignored", address, field: `calls ${event}`.trim() };
  }
  return {
    kind: "message",
    address,
    externalId: id,
    identities: person.identities,
    replyAddress: person.replyAddress,
    ...(person.profileName ? { profileName: person.profileName } : {}),
    sentAt: timeOf(call.timestamp, around.receivedAt),
    content: { type: "system", text: "", event: "call" },
  };
}
