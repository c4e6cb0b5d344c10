import type { Inbound } from "#kernel";
import { type Fields, fieldsOf, hashOf, idOf, stringOf, timeOf } from "./fields.ts";
import { contactFor, type Person, personOf } from "./identities.ts";
import { contentOf } from "./inbound-content.ts";
import { errorsOf } from "./provider-errors.ts";

/** What the elements of one `value` have in common. */
export interface Surroundings {
  address: string;
  displayPhone: string;
  contacts: unknown;
  receivedAt: number;
}

/** @param message an element of `messages[]`. */
export function messageItem(message: Fields, around: Surroundings): Inbound {
  return itemOf(message, senderOf(message, around), around);
}

/** @param message an element of `message_echoes[]`: staff wrote it in the WhatsApp app on the phone. */
export function echoItem(message: Fields, around: Surroundings): Inbound {
  // One documented example has customer and business exchanged: our own number is never the customer.
  const isSwapped = around.displayPhone !== "" && stringOf(message.to) === around.displayPhone;
  const person = isSwapped ? senderOf(message, around) : receiverOf(message, around);
  const item = itemOf(message, person, around);
  const isWritten = item.kind === "message" || item.kind === "edit" || item.kind === "revoke";
  return isWritten ? { ...item, fromBusiness: true } : item;
}

function itemOf(message: Fields, person: Person, around: Surroundings): Inbound {
  const { address } = around;
  if (person.identities.length === 0) return { kind: "broken", address, reason: "message without a sender" };
  const type = message.type;
  if (type === "edit" || type === "revoke") {
    const change = changeItem(message, person, around);
    if (change) return change;
  }
  const sentAt = timeOf(message.timestamp, around.receivedAt);
  const item: Extract<Inbound, { kind: "message" }> = {
    kind: "message",
    address,
    externalId: externalIdOf(message),
    identities: person.identities,
    replyAddress: person.replyAddress,
    sentAt,
    content: contentOf(message),
  };
  if (person.profileName) item.profileName = person.profileName;
  const replyTo = message.context === undefined ? "" : idOf(fieldsOf(message.context).id);
  if (replyTo) item.replyTo = replyTo;
  if (message.errors !== undefined) item.errors = errorsOf(message.errors);
  return item;
}

/** @returns null when it does not say which message changes; then it is shown as unsupported. */
function changeItem(message: Fields, person: Person, around: Surroundings): Inbound | null {
  const kind = message.type === "edit" ? "edit" : "revoke";
  const change = fieldsOf(message[kind]);
  const target = idOf(change.original_message_id);
  if (!target) return null;
  const item: Inbound = {
    kind,
    address: around.address,
    externalId: externalIdOf(message),
    target,
    identities: person.identities,
    sentAt: timeOf(message.timestamp, around.receivedAt),
  };
  if (kind === "edit") item.content = contentOf(fieldsOf(change.message));
  return item;
}

function senderOf(message: Fields, around: Surroundings): Person {
  const system = message.type === "system" ? fieldsOf(message.system) : null;
  const ids = {
    phone: message.from,
    userId: message.from_user_id,
    parentUserId: message.from_parent_user_id,
    // user_changed_number: the same person under a new number, to which answers now go
    ...(system ? { waId: system.wa_id } : {}),
  };
  const person = personOf(ids, contactFor(around.contacts, ids));
  const moved = system ? stringOf(system.wa_id, 20) : "";
  return moved ? { ...person, replyAddress: moved } : person;
}

function receiverOf(message: Fields, around: Surroundings): Person {
  const ids = { phone: message.to, userId: message.to_user_id, parentUserId: message.to_parent_user_id };
  return personOf(ids, contactFor(around.contacts, ids));
}

/** A message without an id (seen in the field) is named by its content, so that a repeat is still a repeat. */
function externalIdOf(message: Fields): string {
  return idOf(message.id) || `content:${hashOf(JSON.stringify(message))}`;
}
