import type { ConsentGrant } from "#kernel/api";
import type { Subscription } from "../../../skills/notices/api.ts";
import type { ToldWorld } from "./told-world.ts";
import { minutesFromNow } from "./world.ts";

const day = 24 * 60;

/** What the first contact of the seed agreed to, and took back. */
export function seedGrants(): ConsentGrant[] {
  const grant: ConsentGrant = {
    id: 1,
    contactId: 1,
    channelId: 2,
    purpose: "notices.service",
    topic: "stoerungen",
    topicName: { de: "Störungen", en: "Disruptions" },
    language: "de",
    text: "Ja, Hansekontor darf mir Störungen der U3 melden, werktags von 6 bis 9 Uhr. Das nehme ich jederzeit zurück.",
    how: "message",
    grantedAt: minutesFromNow(-40 * day),
    expiresAt: null,
    withdrawnAt: null,
    withdrawnHow: null,
  };
  return [
    grant,
    {
      ...grant,
      id: 2,
      purpose: "notices.promotion",
      topic: "",
      topicName: null,
      text: "Ja, ich möchte Angebote.",
      how: "form",
      grantedAt: minutesFromNow(-90 * day),
      withdrawnAt: minutesFromNow(-10 * day),
      withdrawnHow: "message",
    },
  ];
}

export function seedSubscriptions(): Subscription[] {
  const one: Subscription = {
    id: 1,
    contactId: 1,
    topicId: 1,
    topicTitle: { de: "Störungen im Netz", en: "Disruptions" },
    value: "U3",
    filters: {},
    window: { weekdays: [1, 2, 3, 4, 5], from: "06:00", to: "09:00" },
    quiet: "default",
    digestAt: null,
    timeZone: null,
    channel: { id: 2, kind: "whatsapp", name: "WhatsApp Laden" },
    language: "de",
    pausedUntil: null,
    expiresAt: null,
    endedAt: null,
    createdAt: minutesFromNow(-40 * day),
  };
  return [
    one,
    { ...one, id: 2, contactId: 2, value: "", window: null, digestAt: "18:00" },
    { ...one, id: 3, contactId: 3, window: { weekdays: [1, 3, 6, 7], from: "22:00", to: "02:00" } },
  ];
}

export function seedTemplates(): ToldWorld["templates"] {
  return [
    {
      id: 1,
      name: "stoerung_linie",
      language: "de",
      category: "utility",
      body: "{{1}}: {{2}}",
      variables: ["topic", "text"],
      state: "approved",
      serves: "notice",
      reason: "",
      stateAt: minutesFromNow(-30 * day),
    },
    {
      id: 2,
      name: "line_disruption_with_a_name_that_does_not_want_to_end",
      language: "en",
      category: "utility",
      body: "{{1}}: {{2}} Reply STOP to end.",
      variables: ["line", "text"],
      state: "paused",
      serves: "notice",
      reason: "Low quality score",
      stateAt: minutesFromNow(-2 * day),
    },
  ];
}
