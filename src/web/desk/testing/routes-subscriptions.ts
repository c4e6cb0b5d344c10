import { addConsent, listConsents, listPurposes, withdrawConsents } from "#kernel/api";
import {
  changeSubscription,
  listContactSubscriptions,
  listTopicSubscriptions,
} from "../../../skills/notices/api.ts";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { minutesFromNow } from "./world.ts";

const purposes = [
  {
    id: "service",
    legalBasis: "contract" as const,
    text: { de: "Fragen beantworten", en: "Answering questions" },
    keepDays: 365,
  },
  {
    id: "notices.service",
    legalBasis: "consent" as const,
    text: { de: "Bestellte Hinweise.", en: "Notices asked for." },
    keepDays: 1095,
  },
  {
    id: "notices.promotion",
    legalBasis: "consent" as const,
    text: { de: "Angebote und Neues", en: "Offers and news" },
    keepDays: 1095,
  },
];

export const subscriptionRoutes = [
  on(listPurposes, () => ({ items: purposes })),
  on(listConsents, (world, { params }) => ({
    items: world.told.grants.filter(({ contactId }) => contactId === params.id),
  })),
  on(addConsent, (world, { params, body }) => {
    const { evidence: _evidence, ...given } = body;
    const made = {
      ...given,
      topicName: null,
      id: world.told.grants.length + 1,
      contactId: params.id,
      how: "staff" as const,
      grantedAt: minutesFromNow(0),
      withdrawnAt: null,
      withdrawnHow: null,
    };
    world.told.grants.push(made);
    return made;
  }),
  on(withdrawConsents, (world, { params, body }) => {
    const meant = world.told.grants.filter(
      (grant) =>
        grant.contactId === params.id &&
        grant.withdrawnAt === null &&
        (body.purpose === undefined || grant.purpose === body.purpose) &&
        (body.topic === undefined || grant.topic === body.topic) &&
        (body.channelId === undefined || grant.channelId === body.channelId),
    );
    for (const grant of meant)
      Object.assign(grant, { withdrawnAt: minutesFromNow(0), withdrawnHow: "staff" });
    return { withdrawn: meant.length };
  }),
  on(listTopicSubscriptions, (world, { params }) => ({
    items: world.told.subscriptions.filter(({ topicId }) => topicId === params.id),
    next: null,
  })),
  on(listContactSubscriptions, (world, { params }) => ({
    items: world.told.subscriptions.filter(({ contactId }) => contactId === params.id),
  })),
  on(changeSubscription, (world, { params, body }) => {
    const one = world.told.subscriptions.find(({ id }) => id === params.id);
    if (!one) throw new Refusal(404, "not_found");
    if (body.end) one.endedAt = minutesFromNow(0);
    if (body.pausedUntil !== undefined) one.pausedUntil = body.pausedUntil;
    return one;
  }),
];
