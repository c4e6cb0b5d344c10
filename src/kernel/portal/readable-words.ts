import type { PortalReader } from "../api/portal.ts";
import type { Language } from "../i18n/catalogue.ts";

/** Sentences of the readable export. They address nobody, so that Sie and du read the same. */
export interface ReadableWords {
  title(company: string): string;
  asOf(time: string): string;
  promise: string;
  nothing: string;
  yes: string;
  no: string;
  roles: Record<PortalReader["role"], string>;
  /** Room and table -> heading. What is not named here is headed by its own name. */
  headings: Record<string, string>;
  speakers: { customer: string; bot: string; agent: string; system: string };
  fields: Record<string, string>;
  /** Words of the machinery that a reader need not know. */
  values: Record<string, string>;
}

const de: ReadableWords = {
  title: (company) => `Was ${company} gespeichert hat`,
  asOf: (time) => `Stand ${time}`,
  promise:
    "Alles, was zu dieser Person gespeichert ist. Die Nummern und Prüfsummen dazu stehen in der JSON-Datei.",
  nothing: "Hier ist nichts gespeichert.",
  yes: "ja",
  no: "nein",
  roles: {
    owner: "Inhaberschaft",
    manager: "Leitung",
    agent: "Kundendienst",
    program: "ein Programm des Betriebs",
    former: "frühere Kollegin oder früherer Kollege",
  },
  headings: {
    kernel: "Person und Gespräche",
    consent: "Erlaubnisse",
    service: "Fragen ohne sichere Antwort",
    notices: "Hinweise",
    reports: "Meldungen",
    advocate: "Warnungen im Interesse der Kundschaft",
    "kernel.contact": "Person",
    "kernel.identity": "Adressen",
    "kernel.contact_merge": "Zusammengeführte Kontakte",
    "kernel.conversation": "Gespräche",
    "kernel.message": "Nachrichten",
    "kernel.callback": "Zugesagte Rückrufe",
    "kernel.file": "Dateien",
    "kernel.outbox": "Wartet auf den Versand",
    "kernel.access_log": "Wer hineingesehen hat",
    "kernel.decision": "Automatische Entscheidungen",
    "consent.grants": "Erteilt und zurückgenommen",
  },
  speakers: { customer: "Person", bot: "Automat", agent: "Team", system: "Vermerk" },
  fields: {
    name: "Name",
    company: "Firma",
    note: "Notiz",
    language: "Sprache",
    first_seen_at: "zuerst",
    last_seen_at: "zuletzt",
    kind: "Art",
    value: "Adresse",
    day: "Tag",
    first_at: "ab",
    staff_id: "wer",
    purpose: "Zweck",
    topic: "Thema",
    text: "Wortlaut",
    grantedAt: "erteilt",
    withdrawnAt: "zurückgenommen",
    how: "auf welchem Weg",
    why: "Wozu",
    expiresAt: "bis",
    withdrawnHow: "zurückgenommen durch",
    state: "Stand",
    created_at: "angelegt",
    last_message_at: "letzte Nachricht",
    last_customer_at: "zuletzt geschrieben",
    assignee_id: "bei",
    rule: "Regel",
    inputs: "woraus",
    outcome: "Ergebnis",
    explanation: "Begründung",
    made_at: "entschieden",
    contested_at: "an einen Menschen gegeben",
    phone: "Telefon",
    promised_at: "zugesagt für",
    done_at: "erledigt",
    done_by: "von",
    merged_at: "zusammengeführt",
    merged_by: "von",
    mime: "Dateiart",
    size: "Bytes",
  },
  values: {
    bot: "Automat",
    person: "bei einem Menschen",
    waiting: "wartet auf einen Menschen",
    closed: "abgeschlossen",
    message: "durch eine Nachricht",
    form: "durch ein Formular",
    double_opt_in: "durch eine bestätigte E-Mail",
    link: "auf der Seite „Meine Daten“ oder durch einen Link",
    staff: "durch das Team",
    import: "übernommen, mit Nachweis",
    portal: "auf der Seite „Meine Daten“",
    web: "Chat",
    de: "Deutsch",
    en: "Englisch",
  },
};

const en: ReadableWords = {
  title: (company) => `What ${company} has stored`,
  asOf: (time) => `As of ${time}`,
  promise: "Everything that is stored about this person. Its numbers and checksums stand in the JSON file.",
  nothing: "Nothing is stored here.",
  yes: "yes",
  no: "no",
  roles: {
    owner: "owner",
    manager: "management",
    agent: "customer service",
    program: "a program of the company",
    former: "a former colleague",
  },
  headings: {
    kernel: "Person and conversations",
    consent: "Permissions",
    service: "Questions without a sure answer",
    notices: "Notices",
    reports: "Reports",
    advocate: "Warnings in the customer's interest",
    "kernel.contact": "Person",
    "kernel.identity": "Addresses",
    "kernel.contact_merge": "Merged contacts",
    "kernel.conversation": "Conversations",
    "kernel.message": "Messages",
    "kernel.callback": "Promised calls",
    "kernel.file": "Files",
    "kernel.outbox": "Waiting to be sent",
    "kernel.access_log": "Who looked",
    "kernel.decision": "Automated decisions",
    "consent.grants": "Given and withdrawn",
  },
  speakers: { customer: "Person", bot: "Automaton", agent: "Team", system: "Note" },
  fields: {
    first_seen_at: "first",
    last_seen_at: "last",
    first_at: "from",
    staff_id: "who",
    grantedAt: "given",
    withdrawnAt: "withdrawn",
    how: "how",
    why: "what for",
    expiresAt: "until",
    withdrawnHow: "withdrawn by",
    assignee_id: "with",
    inputs: "from",
    mime: "kind of file",
    size: "bytes",
  },
  values: {
    bot: "automaton",
    person: "with a person",
    waiting: "waits for a person",
    message: "by a message",
    form: "by a form",
    double_opt_in: "by a confirmed e-mail",
    link: "on the page “My data” or by a link",
    staff: "by the team",
    import: "taken over, with proof",
    portal: "on the page “My data”",
    web: "chat",
    de: "German",
    en: "English",
  },
};

export const readableWords: Record<Language, ReadableWords> = { de, en };
