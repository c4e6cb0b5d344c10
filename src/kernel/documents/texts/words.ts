import type { Language } from "../../i18n/catalogue.ts";
import type { DocumentFacts } from "../facts.ts";

const YEAR_DAYS = 365;

/** 1095 -> "3 Jahren (1095 Tage)"; small ones in days. */
export function durationWords(days: number, language: Language): string {
  const years = days / YEAR_DAYS;
  if (years >= 1 && Number.isInteger(years)) {
    const [one, many, inDays] = language === "de" ? ["Jahr", "Jahren", "Tage"] : ["year", "years", "days"];
    return `${years} ${years === 1 ? one : many} (${days} ${inDays})`;
  }
  if (language === "de") return days === 1 ? "1 Tag" : `${days} Tagen`;
  return days === 1 ? "1 day" : `${days} days`;
}

export function recipientRows({ recipients, database }: DocumentFacts, language: Language): string[][] {
  const none = language === "de" ? "nein, soweit bekannt" : "no, as far as known";
  const host = {
    de: [
      "[Anbieter des Rechners, z. B. Rechenzentrum, oder: eigener Rechner im Haus]",
      "Betrieb des Rechners; Auftragsverarbeitungsvertrag ablegen",
      "[ja oder nein]",
    ],
    en: [
      "[provider of the machine, e.g. a data centre, or: own machine in the house]",
      "running the machine; file the processor contract",
      "[yes or no]",
    ],
  };
  const server = {
    de: ["[Betreiber des Datenbankservers]", "Speicherung aller Daten", "[ja oder nein]"],
    en: ["[operator of the database server]", "storing all data", "[yes or no]"],
  };
  return [
    host[language],
    ...(database === "server" ? [server[language]] : []),
    ...recipients.map(({ name, text, thirdCountry }) => [
      name,
      text[language],
      thirdCountry?.[language] ?? none,
    ]),
  ];
}
