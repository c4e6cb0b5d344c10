import type { Language } from "../../i18n/catalogue.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Paper, table, text } from "../paper.ts";
import { durationWords } from "./words.ts";

/** What goes away by itself, and when: the numbers the program works with. */
export function retentionTable(facts: DocumentFacts, language: Language): Paper {
  const rows = facts.retention.map(({ what, why, keepDays }) => [
    what[language],
    why[language],
    durationWords(keepDays, language),
  ]);
  if (language === "de")
    return {
      title: `Löschfristen: ${facts.company.name}`,
      blocks: [
        text(
          `Stand ${facts.day}, aus der laufenden Konfiguration. Der Knoten löscht nach diesen Fristen von selbst, ein Gespräch nach dem letzten Wort darin; wer auf der eigenen Seite löscht, wird sofort gelöscht.`,
        ),
        table(["Daten", "wofür", "gelöscht nach"], rows),
        text(
          "Sicherungen halten Gelöschtes bis zu ihrem eigenen Ablauf: [Aufbewahrung der Sicherungen]. Handels- und steuerrechtliche Pflichten (§ 257 HGB, § 147 AO) betreffen Belege, die an anderer Stelle liegen: [Ablage].",
        ),
      ],
    };
  return {
    title: `Retention: ${facts.company.name}`,
    blocks: [
      text(
        `As of ${facts.day}, from the running configuration. The node erases after these times by itself, a conversation counted from its last word; whoever erases on the own page is erased at once.`,
      ),
      table(["Data", "what for", "erased after"], rows),
      text(
        "Backups hold what was erased until they run out themselves: [how long backups are kept]. Duties of commercial and tax law concern records that are kept elsewhere: [where].",
      ),
    ],
  };
}
