import type { Language } from "../../i18n/catalogue.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Block, heading, list } from "../paper.ts";

/** Technical and organisational measures, Art. 32 GDPR: what the program does, and what the company has to add. */
export function measures(facts: DocumentFacts, language: Language): Block[] {
  return language === "de" ? german(facts) : english(facts);
}

function german({ isEncrypted, database, staffShownAs }: DocumentFacts): Block[] {
  return [
    heading("Vertraulichkeit", 3),
    list(
      "Mandanten sind in der Datenbank getrennt: erzwungene Zeilenrichtlinien auf jeder Tabelle, eigene Datenbankrollen ohne Eigentum an Tabellen.",
      "Zugang nur mit persönlichem Konto; Kennwörter als Hash, nach zehn Fehlversuchen gesperrt; Rollen Inhaber, Leitung, Mitarbeit; API-Schlüssel nur als Hash.",
      isEncrypted
        ? "Übertragung verschlüsselt (https, TLS 1.2 und neuer)."
        : "Übertragung: [noch ohne https; vor dem Betrieb einrichten: augenhoehe setup]",
      "Wer Daten einer Person ansieht, wird je Tag festgehalten; die Person kann es auf ihrer Seite lesen" +
        (staffShownAs === "role" ? ", mit der Rolle, ohne Namen." : ", mit Vornamen und Rolle."),
      "Protokolle des Programms enthalten keine Worte und Namen von Kunden.",
      "Abgeleitete Daten stehen unter Pseudonymen, die je Zweck verschieden sind.",
      "[Zutritt zum Rechner: Rechenzentrum oder verschlossener Raum; Festplattenverschlüsselung]",
    ),
    heading("Integrität", 3),
    list(
      "Eingehendes wird an der Unterschrift des Anbieters geprüft; Änderungen an Einwilligungen stehen in einer fortlaufend verketteten Liste und lassen sich nachrechnen (augenhoehe consent verify).",
      "Niemand wird ohne Grundlage angeschrieben: Zweck und Grundlage stehen an jeder ausgehenden Nachricht und werden von der Datenbank verlangt.",
    ),
    heading("Verfügbarkeit und Belastbarkeit", 3),
    list(
      "Was angenommen wurde, steht auf der Platte, bevor der Anbieter eine Bestätigung erhält; nach einem Absturz arbeitet der Knoten weiter.",
      database === "own"
        ? "Die Datenbank läuft auf demselben Rechner und ist nur über eine private Schnittstelle erreichbar."
        : "Die Datenbank läuft auf einem eigenen Server; Zugang und Sicherung regelt dessen Betreiber: [Verweis]",
      "[Sicherungen: wie oft, wohin, verschlüsselt, letzte Probe der Wiederherstellung am …]",
    ),
    heading("Überprüfung", 3),
    list(
      "augenhoehe doctor prüft Zertifikat, Uhr, Platte, Kanäle und Grundlagen gesendeter Nachrichten. [Wer führt es aus, wie oft]",
      "Auskunft, Mitnahme und Löschung einer Person: auf ihrer eigenen Seite oder am Desk, über alle Teile des Programms.",
    ),
  ];
}

function english({ isEncrypted, database, staffShownAs }: DocumentFacts): Block[] {
  return [
    heading("Confidentiality", 3),
    list(
      "Companies are apart in the database: forced row policies on every table, database roles that own no table.",
      "Access by personal account only; passwords as hashes, locked after ten failures; roles owner, manager, agent; API keys as hashes only.",
      isEncrypted
        ? "Encrypted in transit (https, TLS 1.2 and newer)."
        : "In transit: [not yet by https; set it up before use: augenhoehe setup]",
      "Who looks at a person's data is recorded day by day; the person can read it on the own page" +
        (staffShownAs === "role" ? ", by role, without names." : ", by first name and role."),
      "The program's logs hold no words and names of customers.",
      "Derived data stand under pseudonyms that differ by purpose.",
      "[Access to the machine: data centre or locked room; disk encryption]",
    ),
    heading("Integrity", 3),
    list(
      "What comes in is checked by the provider's signature; changes of consents stand in a chained list and can be computed anew (augenhoehe consent verify).",
      "Nobody is written to without a basis: purpose and basis stand at every outgoing message and are demanded by the database.",
    ),
    heading("Availability and resilience", 3),
    list(
      "What was accepted is on disk before the provider gets its confirmation; after a crash the node goes on.",
      database === "own"
        ? "The database runs on the same machine and is reached by a private interface only."
        : "The database runs on a server of its own; its operator answers for access and backup: [reference]",
      "[Backups: how often, where to, encrypted, last drill of a restore on …]",
    ),
    heading("Review", 3),
    list(
      "augenhoehe doctor checks certificate, clock, disk, channels and the bases of sent messages. [Who runs it, how often]",
      "Access, portability and erasure for a person: on the own page or at the desk, through all parts of the program.",
    ),
  ];
}
