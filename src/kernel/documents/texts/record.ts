import type { Language } from "../../i18n/catalogue.ts";
import type { Purpose } from "../../skill.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Block, heading, list, type Paper, table, text } from "../paper.ts";
import { measures } from "./measures.ts";
import { durationWords, recipientRows } from "./words.ts";

/** Record of processing activities, Art. 30(1) GDPR: letters a to g in its order. */

const BASES: Record<Language, Record<Purpose["legalBasis"], string>> = {
  de: {
    contract: "Vertrag oder Anbahnung, Art. 6 Abs. 1 lit. b DSGVO",
    consent: "Einwilligung, Art. 6 Abs. 1 lit. a DSGVO",
    legitimate_interest: "berechtigtes Interesse, Art. 6 Abs. 1 lit. f DSGVO",
    legal_obligation: "rechtliche Verpflichtung, Art. 6 Abs. 1 lit. c DSGVO",
  },
  en: {
    contract: "contract or steps before one, Art. 6(1)(b) GDPR",
    consent: "consent, Art. 6(1)(a) GDPR",
    legitimate_interest: "legitimate interest, Art. 6(1)(f) GDPR",
    legal_obligation: "legal obligation, Art. 6(1)(c) GDPR",
  },
};

export function processingRecord(facts: DocumentFacts, language: Language): Paper {
  return language === "de" ? german(facts) : english(facts);
}

function purposeRows({ purposes }: DocumentFacts, language: Language): string[][] {
  return purposes.map(({ id, text: words, legalBasis, keepDays }) => [
    `${words[language]} (${id})`,
    BASES[language][legalBasis],
    durationWords(keepDays, language),
  ]);
}

function german(facts: DocumentFacts): Paper {
  const { company, day, address } = facts;
  const interests = facts.purposes.filter(({ legalBasis }) => legalBasis === "legitimate_interest");
  const blocks: Block[] = [
    text(
      `Verarbeitungstätigkeit: Gespräche mit Kunden über Augenhöhe. Stand ${day}, aus der laufenden Konfiguration erstellt. Was in eckigen Klammern steht, kann nur das Unternehmen sagen.`,
    ),
    heading("1. Verantwortlicher (lit. a)"),
    list(
      `${company.name}, [Anschrift]`,
      "[Vertreten durch, Telefon, E-Mail]",
      "[Datenschutzbeauftragte Person mit Kontakt, oder: nicht bestellt, weil …]",
      `Impressum: ${company.imprint || "[Adresse des Impressums]"}; Datenschutzhinweise: ${company.privacy || "[Adresse der Datenschutzhinweise]"}`,
      `Adresse des Systems: ${address || "[Adresse]"}`,
    ),
    heading("2. Zwecke, Rechtsgrundlagen und Löschfristen (lit. b und f)"),
    table(["Zweck", "Rechtsgrundlage", "gelöscht nach"], purposeRows(facts, "de")),
    ...(interests.length > 0
      ? [
          text(
            `Abwägung zu den berechtigten Interessen: [Ergebnis der Abwägung für ${interests.map(({ id }) => id).join(", ")}]`,
          ),
        ]
      : []),
    heading("3. Betroffene Personen und Daten (lit. c)"),
    table(
      ["Personen", "Daten"],
      [
        [
          "Kunden und Interessenten, die schreiben",
          "Name oder Profilname, Nummer oder Kennung des Kanals, E-Mail-Adresse, Worte und Dateien der Nachrichten, Zeiten, Sprache, Einwilligungen, Abonnements, selbst genannte Angaben (Aufträge, Verträge, Meldungen)",
        ],
        [
          "Beschäftigte am Desk",
          "Name, E-Mail-Adresse, Rolle, Abteilung, Anmeldungen, eigene Antworten und Notizen, welche Person sie an welchem Tag eingesehen haben",
        ],
      ],
    ),
    text(
      "Besondere Kategorien (Art. 9) werden nicht gezielt erhoben; Kunden können sie von sich aus nennen. [Nur falls im Betrieb üblich, z. B. Praxis: Rechtsgrundlage nach Art. 9 Abs. 2]",
    ),
    heading("4. Empfänger und Drittländer (lit. d und e)"),
    table(["Empfänger", "wofür", "außerhalb von EU und EWR"], recipientRows(facts, "de")),
    heading("5. Technische und organisatorische Maßnahmen (lit. g)"),
    ...measures(facts, "de"),
  ];
  return { title: `Verzeichnis der Verarbeitungstätigkeiten: ${company.name}`, blocks };
}

function english(facts: DocumentFacts): Paper {
  const { company, day, address } = facts;
  const interests = facts.purposes.filter(({ legalBasis }) => legalBasis === "legitimate_interest");
  const blocks: Block[] = [
    text(
      `Processing activity: conversations with customers by Augenhöhe. As of ${day}, made from the running configuration. Only the company can say what stands in square brackets.`,
    ),
    heading("1. Controller (a)"),
    list(
      `${company.name}, [postal address]`,
      "[represented by, telephone, e-mail]",
      "[data protection officer with contact, or: none designated because …]",
      `Imprint: ${company.imprint || "[address of the imprint]"}; privacy notice: ${company.privacy || "[address of the privacy notice]"}`,
      `Address of the system: ${address || "[address]"}`,
    ),
    heading("2. Purposes, legal bases and time limits (b and f)"),
    table(["Purpose", "Legal basis", "erased after"], purposeRows(facts, "en")),
    ...(interests.length > 0
      ? [
          text(
            `Balancing of legitimate interests: [result of the balancing for ${interests.map(({ id }) => id).join(", ")}]`,
          ),
        ]
      : []),
    heading("3. Persons and data (c)"),
    table(
      ["Persons", "Data"],
      [
        [
          "Customers and interested persons who write",
          "name or profile name, number or identifier of the channel, e-mail address, words and files of messages, times, language, consents, subscriptions, what they tell themselves (orders, contracts, reports)",
        ],
        [
          "Staff at the desk",
          "name, e-mail address, role, department, sign-ins, own answers and notes, whose data they looked at on which day",
        ],
      ],
    ),
    text(
      "Special categories (Art. 9) are not collected on purpose; customers may name them by themselves. [Only where usual in the trade, e.g. a practice: basis under Art. 9(2)]",
    ),
    heading("4. Recipients and third countries (d and e)"),
    table(["Recipient", "what for", "outside the EU and EEA"], recipientRows(facts, "en")),
    heading("5. Technical and organisational measures (g)"),
    ...measures(facts, "en"),
  ];
  return { title: `Record of processing activities: ${company.name}`, blocks };
}
