import type { Conversation, Message } from "#kernel/api";

/** A conversation as the pictures show it; times are minutes ago. */
export interface Story {
  name: string;
  company?: string;
  channel: "web" | "whatsapp" | "telegram";
  state: Conversation["state"];
  turn: Conversation["turn"];
  age: number;
  language?: "de" | "en";
  topic?: string;
  assignee?: "jana" | "piet";
  departmentId?: number;
  preview?: string;
  dueIn?: number;
  unread?: number;
  windowLeft?: number;
  handOver?: Omit<NonNullable<Conversation["handOver"]>, "at"> & { ago: number };
  messages: (Partial<Message> & { ago?: number })[];
}

const customer = (ago: number, text: string, more: Partial<Message> = {}) => ({
  author: "customer" as const,
  ago,
  text,
  ...more,
});
const bot = (ago: number, text: string, more: Partial<Message> = {}) => ({
  author: "bot" as const,
  ago,
  text,
  ...more,
});
const jana = (ago: number, text: string, more: Partial<Message> = {}) => ({
  author: "agent" as const,
  staffId: "jana",
  ago,
  text,
  ...more,
});
const note = (ago: number, text: string) => ({
  author: "agent" as const,
  staffId: "piet",
  authorName: "Piet Harms",
  note: true,
  status: "note" as const,
  ago,
  text,
});

const brandt: Story = {
  name: "Katrin Brandt",
  channel: "whatsapp",
  state: "person",
  turn: "us",
  age: 3,
  topic: "Umtausch",
  assignee: "jana",
  departmentId: 1,
  preview: "Foto vom Deckel geschickt",
  dueIn: 10,
  unread: 1,
  handOver: {
    reason: "unknown",
    confidence: 0.41,
    needed: 0.8,
    summary: "Frage: „Ich möchte tauschen, aber der Karton ist weg.“",
    ago: 7,
  },
  messages: [
    customer(60 * 26, "Moin, wann kommt mein Bräter?"),
    bot(60 * 26, "Ihre Bestellung HK-20417 kommt heute zwischen 19 und 21 Uhr.", {
      detail: { source: "Lieferstatus" },
    }),
    customer(8, "Der Deckel hat eine Macke. Ich möchte tauschen, aber der Karton ist weg."),
    bot(7, "Das kann ich nicht sicher beantworten. Ich gebe Sie an unser Team weiter."),
    {
      author: "system",
      ago: 7,
      text: "",
      detail: {
        event: "hand_over",
        reason: "unknown",
        confidence: 0.41,
        needed: 0.8,
        summary: "Frage: „Ich möchte tauschen, aber der Karton ist weg.“",
      },
    },
    jana(
      5,
      "Moin Frau Brandt, hier ist Jana. Ohne Karton ist kein Problem. Schicken Sie mir ein Foto vom Deckel?",
      {
        reactions: [{ author: "customer", emoji: "👍" }],
      },
    ),
    note(4, "Charge 0826 hatte öfter Emaille-Abplatzer. Ersatzdeckel liegen in Regal C4."),
    customer(3, "", {
      type: "image",
      media: {
        fileId: "deckel",
        url: "/api/v1/files/deckel",
        mime: "image/svg+xml",
        name: "Deckel.jpg",
        size: 182_000,
        voice: false,
      },
    }),
  ],
};

const yildiz: Story = {
  name: "Familie Yıldız",
  channel: "whatsapp",
  state: "person",
  turn: "us",
  age: 40,
  topic: "Lieferstatus",
  assignee: "jana",
  dueIn: -12,
  windowLeft: 65,
  messages: [
    customer(44, "Kommt ihr wirklich bis 20 Uhr?"),
    jana(42, "Ja, der Wagen ist unterwegs.", { status: "uncertain" }),
    customer(40, "Und wenn nicht?", { edited: true }),
  ],
};

export const stories: readonly Story[] = [
  brandt,
  {
    name: "Ole Jansen",
    company: "Jansen & Söhne Schiffsausrüstung GmbH",
    channel: "telegram",
    state: "waiting",
    turn: "us",
    age: 12,
    topic: "Rechnung",
    dueIn: 18,
    unread: 2,
    handOver: {
      reason: "asked",
      confidence: null,
      needed: null,
      summary: "Rechnung 4471 soll auf die GmbH umgeschrieben werden.",
      ago: 12,
    },
    messages: [
      customer(13, "Rechnung 4471: Bitte auf die GmbH umschreiben."),
      customer(12, "Ich möchte mit einem Menschen sprechen."),
    ],
  },
  yildiz,
  {
    name: "Dr. Hella Martens",
    channel: "web",
    state: "person",
    turn: "customer",
    age: 55,
    topic: "Fenster ändern",
    assignee: "piet",
    departmentId: 1,
    messages: [
      customer(60, "Geht auch Donnerstag?"),
      jana(57, "Ja, Donnerstag zwischen 17 und 19 Uhr.", { staffId: "piet", authorName: "Piet Harms" }),
      customer(55, "Danke, das passt. Bis Donnerstag!"),
    ],
  },
  {
    name: "",
    channel: "web",
    state: "bot",
    turn: "us",
    age: 1,
    messages: [customer(1, "Liefern Sie auch nach Norderstedt?")],
  },
  {
    name: "Jürgen Peters",
    channel: "whatsapp",
    state: "waiting",
    turn: "us",
    age: 70,
    topic: "Rückruf",
    departmentId: 1,
    dueIn: 25,
    handOver: {
      reason: "callback",
      confidence: null,
      needed: null,
      summary: "Griff am Topf locker, Rückruf gewünscht: +49 40 555 018",
      ago: 70,
    },
    messages: [
      customer(71, "Der Griff ist locker. Können Sie mich anrufen?"),
      bot(70, "Gern. Wir rufen Sie an."),
    ],
  },
  {
    name: "Café Strandperle",
    company: "Strandperle Gastronomie",
    channel: "whatsapp",
    state: "person",
    turn: "customer",
    age: 60 * 27,
    topic: "Beschädigt",
    assignee: "jana",
    windowLeft: -180,
    messages: [
      customer(60 * 27 + 4, "12 Gläser, zwei davon gesprungen"),
      jana(60 * 27, "Das ersetzen wir. Welche Größe?", {
        status: "failed",
        error: { code: 131047, text: "Mehr als 24 Stunden seit der letzten Nachricht." },
      }),
    ],
  },
  {
    name: "Lena Wohlers",
    channel: "whatsapp",
    state: "closed",
    turn: "nobody",
    age: 95,
    topic: "Gutschein",
    messages: [
      customer(97, "Gutschein 25 Hafentaler eingelöst"),
      bot(96, "Ihr Guthaben beträgt 25,00 Hafentaler."),
      customer(95, "Danke!"),
    ],
  },
  {
    name: "Marten Claasen",
    channel: "web",
    state: "closed",
    turn: "nobody",
    age: 118,
    language: "en",
    topic: "Fenster ändern",
    messages: [
      customer(120, "Can I move my window to 8 pm?", { language: "en" }),
      bot(118, "Your window is now 8 to 10 pm.", { language: "en" }),
    ],
  },
  {
    name: "Prof. Dr. Dr. Maximiliane-Antoinette von Schleswig-Holstein-Sonderburg-Glücksburg",
    channel: "web",
    state: "waiting",
    turn: "us",
    age: 33,
    topic: "Garantie und Gewährleistung bei Emaille",
    dueIn: 55,
    unread: 1,
    messages: [
      customer(
        33,
        "Sehr geehrte Damen und Herren,\n\nmein Bräter hat nach dreiundzwanzig Jahren einen Sprung. Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle https://example.org/eine/sehr/lange/adresse/ohne/leerzeichen/die/umbrechen/muss?mit=parametern&und=noch&mehr=davon\n\n<b>Das ist kein HTML</b>",
      ),
    ],
  },
];
