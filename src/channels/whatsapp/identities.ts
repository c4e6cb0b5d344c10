import type { IdentityKey } from "#kernel";
import { type Fields, fieldsOf, listOf, stringOf } from "./fields.ts";

/**
 * Who wrote. Since 2026 a user may hide the number: then only a business-scoped user id (BSUID) comes. So a
 * person is a set of identifiers, and a username is never one of them (two people may hold one in time).
 */

export interface Person {
  identities: readonly IdentityKey[];
  /** Where an answer goes: digits, or a BSUID when the number is hidden; "" when nobody can be named. */
  replyAddress: string;
  profileName?: string;
}

export interface PersonIds {
  phone?: unknown;
  waId?: unknown;
  userId?: unknown;
  parentUserId?: unknown;
}

const IDENTITY_MAX_CHARS = 128;
const DIGITS = /^\+?\d{5,20}$/;
/** Country code, dot, id; the parent's has ENT between: US.13491208655302741918, US.ENT.11815799212886844830. */
const BSUID = /^[A-Z]{2}\.[A-Za-z0-9._-]+$/;
const PARENT_BSUID = /^[A-Z]{2}\.ENT\./;

export function isBsuid(address: string): boolean {
  return BSUID.test(address);
}

/**
 * @param contact the entry of `contacts[]` that belongs to this person, if any.
 * @returns identities strongest first: the BSUID is never handed on to a new owner, a number may be.
 */
export function personOf(ids: PersonIds, contact: Fields): Person {
  const given = short(ids.phone);
  // courier saw a BSUID where the number should be
  const strayUserId = isBsuid(given) ? given : "";
  const phone = DIGITS.test(given) ? given.replace("+", "") : "";
  const waId = short(ids.waId) || short(contact.wa_id);
  const userId = short(ids.userId) || strayUserId || short(contact.user_id);
  const parentUserId = short(ids.parentUserId) || short(contact.parent_user_id);
  const identities: IdentityKey[] = [];
  if (userId && !PARENT_BSUID.test(userId)) identities.push({ kind: "bsuid", value: userId });
  if (waId) identities.push({ kind: "wa_id", value: waId });
  if (phone) identities.push({ kind: "phone", value: `+${phone}` });
  if (parentUserId) identities.push({ kind: "parent_bsuid", value: parentUserId });
  const profileName = stringOf(fieldsOf(contact.profile).name, 200).trim();
  return {
    identities,
    replyAddress: phone || waId || userId || parentUserId,
    ...(profileName ? { profileName } : {}),
  };
}

/**
 * Finds a sender's entry in `contacts[]`: by wa_id or BSUID; a single entry belongs to every sender that has
 * no other (number and wa_id may differ), unless the BSUIDs contradict.
 */
export function contactFor(contacts: unknown, ids: PersonIds): Fields {
  const list = listOf(contacts);
  const phone = short(ids.phone).replace("+", "");
  const userId = short(ids.userId);
  for (const entry of list) {
    const contact = fieldsOf(entry);
    if (phone && contact.wa_id === phone) return contact;
    if (userId && contact.user_id === userId) return contact;
  }
  const only = list.length === 1 ? fieldsOf(list[0]) : fieldsOf(null);
  return userId && only.user_id && only.user_id !== userId ? fieldsOf(null) : only;
}

function short(value: unknown): string {
  const text = stringOf(value, IDENTITY_MAX_CHARS + 1).trim();
  return text.length <= IDENTITY_MAX_CHARS ? text : "";
}
