import type { World } from "./world.ts";
import { minutesFromNow } from "./world.ts";

/** Company, people, channels and text blocks of the fake node. */
export function house(): Pick<
  World,
  "company" | "staff" | "departments" | "textBlocks" | "channels" | "parked"
> {
  return { company: company(), ...people(), channels: channels(), parked: parked() };
}

function company(): World["company"] {
  return {
    id: 1,
    name: "Hansekontor",
    slug: "hansekontor",
    timeZone: "Europe/Berlin",
    language: "de",
    openingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: "08:00", to: "21:00" })),
    holidayRegion: "DE-HH",
    closedDays: ["2026-12-24"],
    formOfAddress: "sie",
    teamFormOfAddress: "sie",
    greeting: { de: "Moin. Worum geht es?", en: "Moin. What is it about?" },
    accent: "#8f3523",
    logo: null,
    answerMinutes: 30,
    staffShownAs: "first_name",
    legal: {
      imprint: "https://hansekontor.example/impressum",
      privacy: "https://hansekontor.example/datenschutz",
    },
  };
}

function people(): Pick<World, "staff" | "departments" | "textBlocks"> {
  const seen = minutesFromNow(-2);
  return {
    staff: [
      {
        id: "jana",
        name: "Jana Petersen",
        email: "jana@hansekontor.example",
        role: "owner",
        departmentId: 1,
        active: true,
        lastSeenAt: seen,
      },
      {
        id: "piet",
        name: "Piet Harms",
        email: "piet@hansekontor.example",
        role: "manager",
        departmentId: 1,
        active: true,
        lastSeenAt: seen,
      },
      {
        id: "lale",
        name: "Lale Demir",
        email: "lale@hansekontor.example",
        role: "agent",
        departmentId: 2,
        active: true,
        lastSeenAt: null,
      },
      {
        id: "uwe",
        name: "Uwe Brodersen",
        email: "uwe@hansekontor.example",
        role: "agent",
        departmentId: null,
        active: false,
        lastSeenAt: null,
      },
    ],
    departments: [
      { id: 1, name: "Kundendienst" },
      { id: 2, name: "Buchhaltung" },
    ],
    textBlocks: [
      {
        id: 1,
        title: "Tausch ohne Karton",
        language: "de",
        text: "Moin {name}, ohne Karton ist kein Problem. Schicken Sie uns ein Foto.",
      },
      { id: 2, title: "Gruß", language: "de", text: "Viele Grüße aus Hamburg, {agent}" },
      {
        id: 3,
        title: "Exchange without box",
        language: "en",
        text: "No box, no problem. Please send us a photo.",
      },
    ],
  };
}

function channels(): World["channels"] {
  const seen = minutesFromNow(-2);
  return [
    {
      id: 1,
      kind: "web",
      name: "Laden im Netz",
      address: "hansekontor.example",
      active: true,
      health: { light: "ok", text: "Zuletzt vor 2 Minuten eine Nachricht.", at: seen },
      settings: { origins: ["https://hansekontor.example"] },
      webhook: null,
      verifyToken: null,
      snippet: '<script src="https://knoten.example/widget.js" data-key="hk_web_demo" async></script>',
    },
    {
      id: 2,
      kind: "whatsapp",
      name: "WhatsApp Laden",
      address: "+49 40 66969 140",
      active: true,
      health: { light: "warn", text: "3 von 120 Nachrichten heute nicht zugestellt.", at: seen },
      settings: {
        displayPhone: "+49 40 66969 140",
        templates: [
          {
            name: "lieferung_heute",
            language: "de",
            text: "Moin {{1}}, wir kommen heute zwischen {{2}} und {{3}} Uhr.",
          },
        ],
      },
      webhook: "https://knoten.example/hooks/wa-1",
      verifyToken: "pruef-7f3a91c0",
      snippet: null,
    },
    {
      id: 3,
      kind: "telegram",
      name: "Telegram",
      address: "@hansekontor_bot",
      active: true,
      health: {
        light: "bad",
        text: "Telegram nimmt seit 18:07 Uhr keine Nachrichten an: Das Token ist ungültig.",
        at: seen,
      },
      settings: { botName: "hansekontor_bot" },
      webhook: "https://knoten.example/hooks/tg-1",
      verifyToken: null,
      snippet: null,
    },
  ];
}

function parked(): World["parked"] {
  return [
    {
      id: "71",
      channelName: "WhatsApp Laden",
      reason: "Unbekannte Art: poll_vote",
      excerpt: '{"type":"poll_vote","poll":{"id":"…"}}',
      receivedAt: minutesFromNow(-90),
    },
  ];
}
