import type { Language } from "../../i18n/catalogue.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Block, heading, list, type Paper, table, text } from "../paper.ts";
import { measures } from "./measures.ts";
import { recipientRows } from "./words.ts";

/** Template of a processor contract, Art. 28(3) GDPR, for whoever runs the node for the company. */
export function processorContract(facts: DocumentFacts, language: Language): Paper {
  return language === "de" ? german(facts) : english(facts);
}

function german(facts: DocumentFacts): Paper {
  const { company, address, day } = facts;
  const blocks: Block[] = [
    text(
      `Vorlage, Stand ${day}. Gebraucht wird sie, wenn ein anderer den Knoten für das Unternehmen betreibt, etwa eine Agentur oder ein Rechenzentrum. Vor der Unterschrift rechtlich prüfen lassen.`,
    ),
    heading("Parteien"),
    list(
      `Verantwortlicher: ${company.name}, [Anschrift, vertreten durch]`,
      "Auftragsverarbeiter: [Name, Anschrift, vertreten durch]",
    ),
    heading("§ 1 Gegenstand, Dauer, Art und Zweck"),
    text(
      `Der Auftragsverarbeiter betreibt Augenhöhe${address ? ` unter ${address}` : ""} und speichert und befördert dabei Gespräche des Verantwortlichen mit dessen Kunden. Zwecke, Personen und Daten stehen im Verzeichnis der Verarbeitungstätigkeiten, das Bestandteil dieses Vertrags ist. Der Vertrag gilt, solange der Auftragsverarbeiter Zugriff auf die Daten hat, mindestens bis [Datum oder: unbefristet].`,
    ),
    heading("§ 2 Weisungen"),
    text(
      "Der Auftragsverarbeiter verarbeitet die Daten nur nach dokumentierter Weisung, auch bei Übermittlungen in Drittländer. Weisungen geben: [Namen]. Hält er eine Weisung für rechtswidrig, sagt er es sofort und darf sie bis zur Klärung aussetzen.",
    ),
    heading("§ 3 Vertraulichkeit"),
    text(
      "Zugriff haben nur Personen, die ihn für den Betrieb brauchen und zur Vertraulichkeit verpflichtet sind. Worte von Kunden liest niemand, außer der Verantwortliche verlangt es im Einzelfall.",
    ),
    heading("§ 4 Sicherheit"),
    text(
      "Es gelten die Maßnahmen der Anlage 1. Der Auftragsverarbeiter darf sie verbessern, nicht abschwächen.",
    ),
    heading("§ 5 Weitere Auftragsverarbeiter"),
    text(
      "Die in Anlage 2 genannten sind genehmigt, soweit sie im Auftrag handeln. Weitere zeigt der Auftragsverarbeiter [30] Tage vorher an; der Verantwortliche kann widersprechen. Ihnen werden dieselben Pflichten auferlegt.",
    ),
    heading("§ 6 Rechte der Betroffenen"),
    text(
      "Das Programm gibt Auskunft, Daten zum Mitnehmen, Berichtigung und Löschung über das Desk und über die eigene Seite der Kunden. Was den Auftragsverarbeiter unmittelbar erreicht, leitet er unverzüglich weiter.",
    ),
    heading("§ 7 Unterstützung und Meldungen"),
    text(
      "Der Auftragsverarbeiter hilft bei den Pflichten aus Art. 32 bis 36 DSGVO. Verletzungen des Schutzes meldet er unverzüglich, spätestens nach [24] Stunden, an [Kontakt], mit Art, Umfang, Folgen und getroffenen Maßnahmen.",
    ),
    heading("§ 8 Ende"),
    text(
      "Nach dem Ende gibt er die Daten nach Wahl des Verantwortlichen heraus (Datenordner oder Ausfuhr) oder löscht sie, samt Sicherungen nach deren Frist, und bestätigt es in Textform.",
    ),
    heading("§ 9 Nachweise"),
    text("Er weist die Einhaltung nach und duldet Prüfungen nach Anmeldung mit [14] Tagen Frist."),
    heading("Anlage 1: Technische und organisatorische Maßnahmen"),
    ...measures(facts, "de"),
    heading("Anlage 2: Empfänger und weitere Auftragsverarbeiter"),
    table(["Empfänger", "wofür", "außerhalb von EU und EWR"], recipientRows(facts, "de")),
    text("[Ort, Datum, Unterschriften]"),
  ];
  return { title: "Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO)", blocks };
}

function english(facts: DocumentFacts): Paper {
  const { company, address, day } = facts;
  const blocks: Block[] = [
    text(
      `Template, as of ${day}. It is needed where somebody else runs the node for the company, such as an agency or a data centre. Have it checked by a lawyer before signing.`,
    ),
    heading("Parties"),
    list(
      `Controller: ${company.name}, [postal address, represented by]`,
      "Processor: [name, postal address, represented by]",
    ),
    heading("1 Subject matter, duration, nature and purpose"),
    text(
      `The processor runs Augenhöhe${address ? ` at ${address}` : ""} and thereby stores and carries the controller's conversations with its customers. Purposes, persons and data stand in the record of processing activities, which is part of this contract. It applies for as long as the processor has access to the data, at least until [date, or: without limit].`,
    ),
    heading("2 Instructions"),
    text(
      "The processor processes the data on documented instructions only, also for transfers to third countries. Instructions are given by: [names]. Whoever holds an instruction to be unlawful says so at once and may suspend it until that is settled.",
    ),
    heading("3 Confidentiality"),
    text(
      "Only persons who need it for the operation and are bound to confidentiality have access. Nobody reads customers' words unless the controller asks for it in the single case.",
    ),
    heading("4 Security"),
    text("The measures of annex 1 apply. The processor may improve them, not weaken them."),
    heading("5 Further processors"),
    text(
      "Those named in annex 2 are approved as far as they act on behalf. Further ones are announced [30] days before; the controller may object. The same duties are imposed on them.",
    ),
    heading("6 Rights of data subjects"),
    text(
      "The program gives access, portability, rectification and erasure at the desk and on customers' own page. What reaches the processor directly is passed on without delay.",
    ),
    heading("7 Assistance and notifications"),
    text(
      "The processor assists with the duties of Art. 32 to 36 GDPR. Breaches are notified without delay, at the latest after [24] hours, to [contact], with nature, extent, consequences and measures taken.",
    ),
    heading("8 End"),
    text(
      "At the end the data are returned (data folder or export) or erased as the controller chooses, with backups after their time limit, and this is confirmed in text form.",
    ),
    heading("9 Proof"),
    text("The processor proves compliance and allows inspections announced [14] days before."),
    heading("Annex 1: technical and organisational measures"),
    ...measures(facts, "en"),
    heading("Annex 2: recipients and further processors"),
    table(["Recipient", "what for", "outside the EU and EEA"], recipientRows(facts, "en")),
    text("[Place, date, signatures]"),
  ];
  return { title: "Processor contract (Art. 28 GDPR)", blocks };
}
