import type { Counts, Notice, NoticeTopic } from "../../../skills/notices/api.ts";
import { seedSources } from "./seed-sources.ts";
import { seedGrants, seedSubscriptions, seedTemplates } from "./seed-subscribed.ts";
import type { ToldWorld } from "./told-world.ts";
import { minutesFromNow } from "./world.ts";

const settings = {
  quiet: { from: "21:00", to: "07:00" },
  isQuietOnHolidays: true,
  capPerDay: 5,
  needsFourEyes: false,
  portfolioPerDay: null,
};

/** A house that has told nobody anything yet. */
export function nothingTold(): ToldWorld {
  return {
    topics: [],
    notices: [],
    templates: [],
    settings: { ...settings },
    sources: [],
    items: [],
    subscriptions: [],
    grants: [],
    counts: new Map(),
    recipients: { persons: 0, items: [], seconds: 0 },
    preview: [],
  };
}

/** The house of the pictures: disruptions for commuters, news of the shop. */
export function seedTold(): ToldWorld {
  return {
    topics: topics(),
    notices: notices(),
    templates: seedTemplates(),
    settings: { ...settings },
    ...seedSources(),
    subscriptions: seedSubscriptions(),
    grants: seedGrants(),
    counts: new Map([
      [2, running],
      [3, over],
    ]),
    recipients: recipients(),
    preview: preview(),
  };
}

const lines = ["U1", "U2", "U3", "U4"];

function topics(): NoticeTopic[] {
  return [
    {
      id: 1,
      slug: "stoerungen",
      title: { de: "Störungen im Netz", en: "Disruptions" },
      description: {
        de: "Wenn eine Linie steht oder umgeleitet wird, und wenn sie wieder fährt.",
        en: "When a line stands still or is diverted, and when it runs again.",
      },
      kind: "service",
      parameters: [
        {
          key: "line",
          kind: "line",
          label: { de: "Linie", en: "Line" },
          values: lines.map((value) => ({ value, label: { de: value, en: value } })),
          required: true,
        },
        {
          key: "hours",
          kind: "window",
          label: { de: "Tage und Uhrzeit", en: "Days and hours" },
          values: [],
          required: false,
        },
      ],
      isPublic: true,
      isUrgent: false,
      subscribers: 2140,
      createdAt: minutesFromNow(-90_000),
    },
    {
      id: 2,
      slug: "neu-im-laden",
      title: { de: "Neues im Laden, auch mal etwas mit einem sehr langen Namen", en: "New in the shop" },
      description: { de: "Höchstens zweimal im Monat.", en: "Twice a month at most." },
      kind: "promotion",
      parameters: [],
      isPublic: false,
      isUrgent: true,
      subscribers: 0,
      createdAt: minutesFromNow(-80_000),
    },
  ];
}

function made(part: Partial<Notice> & Pick<Notice, "id" | "title" | "state">): Notice {
  return {
    topicId: 1,
    topicTitle: { de: "Störungen im Netz", en: "Disruptions" },
    values: { line: ["U3"] },
    texts: { de: "Die U3 steht zwischen Barmbek und Mundsburg. Busse fahren.", en: null },
    channelTexts: [],
    link: "https://hansekontor.example/u3",
    templates: { de: null, en: null },
    about: [],
    expiresAt: null,
    stateReason: "",
    story: null,
    phase: "alert",
    createdBy: "piet",
    releasedBy: null,
    needsRelease: false,
    scheduledAt: null,
    startedAt: null,
    endedAt: null,
    createdAt: minutesFromNow(-30),
    ...part,
  };
}

function notices(): Notice[] {
  return [
    made({ id: 1, title: "U3 gesperrt ab Montag", state: "draft" }),
    made({
      id: 2,
      title: "U3: Störung bei Barmbek",
      state: "sending",
      startedAt: minutesFromNow(-2),
      expiresAt: minutesFromNow(120),
    }),
    made({
      id: 3,
      title: "U1 fährt wieder",
      state: "done",
      phase: "all_clear",
      values: { line: ["U1"] },
      startedAt: minutesFromNow(-300),
      endedAt: minutesFromNow(-290),
    }),
    made({
      id: 4,
      title: "Nachtarbeiten am Wochenende",
      state: "scheduled",
      scheduledAt: minutesFromNow(600),
    }),
    made({
      id: 5,
      title: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung tritt in Kraft",
      state: "stopped",
      startedAt: minutesFromNow(-3000),
      endedAt: minutesFromNow(-2990),
    }),
  ];
}

const none: Counts = {
  matched: 0,
  waiting: 0,
  queued: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  failed: 0,
  dropped: 0,
  uncertain: 0,
  reasons: {},
  unsubscribed: 0,
  replied: 0,
};

const running: Counts = {
  ...none,
  matched: 2140,
  waiting: 410,
  queued: 120,
  sent: 180,
  delivered: 860,
  read: 540,
  failed: 12,
  dropped: 18,
  reasons: { outside_window: 14, "Undeliverable number": 12, withdrawn: 4 },
  unsubscribed: 3,
  replied: 9,
};

const over: Counts = {
  ...none,
  matched: 1200,
  delivered: 400,
  read: 790,
  dropped: 10,
  reasons: { merged: 10 },
};

const whatsapp = { id: 2, kind: "whatsapp", name: "WhatsApp Laden" };
const telegram = { id: 3, kind: "telegram", name: "Telegram" };

function recipients(): ToldWorld["recipients"] {
  return {
    persons: 2140,
    items: [
      { channel: whatsapp, language: "de", costClass: "window", persons: 240, digest: 0 },
      { channel: whatsapp, language: "de", costClass: "utility", persons: 1310, digest: 86 },
      { channel: whatsapp, language: "en", costClass: "blocked", persons: 90, digest: 0 },
      { channel: telegram, language: "de", costClass: "free", persons: 500, digest: 0 },
    ],
    seconds: 1_840,
  };
}

function preview(): ToldWorld["preview"] {
  const text = "Die U3 steht zwischen Barmbek und Mundsburg. Busse fahren.\nhttps://hansekontor.example/u3";
  return [
    { channel: whatsapp, language: "de", inWindow: true, text, template: null, fault: null },
    {
      channel: whatsapp,
      language: "de",
      inWindow: false,
      text: `Störungen im Netz: ${text}`,
      template: "stoerung_linie",
      fault: null,
    },
    { channel: whatsapp, language: "en", inWindow: false, text: "", template: null, fault: "no_template" },
    { channel: telegram, language: "de", inWindow: true, text, template: null, fault: null },
  ];
}
