import type { Inbound } from "#kernel";
import { type Fields, hashOf, NAME_MAX_CHARS, stringOf, timeOf } from "./fields.ts";
import { contactFor, personOf } from "./identities.ts";
import type { Surroundings } from "./message-item.ts";

/** The customer's own switch in the app; signing up by a link is a yes as resuming is. */
const meanings: Readonly<Record<string, "stop" | "resume">> = {
  stop: "stop",
  resume: "resume",
  signup: "resume",
};

/** @param preference an element of `user_preferences[]`. */
export function preferenceItem(preference: Fields, around: Surroundings): Inbound {
  const { address } = around;
  const value = stringOf(preference.value, NAME_MAX_CHARS);
  const meaning = Object.hasOwn(meanings, value) ? meanings[value] : undefined;
  if (!meaning) return { kind: "ignored", address, field: `user_preferences ${value}` };
  const ids = { phone: preference.wa_id, waId: preference.wa_id, userId: preference.user_id };
  // A contact with another wa_id is another person: consent must not land with the wrong one.
  const found = contactFor(around.contacts, ids);
  const isSame = !preference.wa_id || !found.wa_id || found.wa_id === preference.wa_id;
  const { identities } = personOf({ waId: ids.waId, userId: ids.userId }, isSame ? found : {});
  if (identities.length === 0) return { kind: "broken", address, reason: "preference without a person" };
  const sentAt = timeOf(preference.timestamp, around.receivedAt);
  return {
    kind: "preference",
    address,
    externalId: `preference:${hashOf(JSON.stringify(preference))}`,
    identities,
    preference: meaning,
    scope: preference.category === "marketing_messages" ? "marketing" : "all",
    sentAt,
  };
}
