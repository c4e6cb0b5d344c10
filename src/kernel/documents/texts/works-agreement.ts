import type { Language } from "../../i18n/catalogue.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Block, heading, list, type Paper, text } from "../paper.ts";

/** Template of a works agreement on staff data; in Germany § 87(1) no. 6 BetrVG and Art. 88 GDPR. */
export function worksAgreement(facts: DocumentFacts, language: Language): Paper {
  return language === "de" ? german(facts) : english(facts);
}

function german({ company, day, staff, staffShownAs }: DocumentFacts): Paper {
  const blocks: Block[] = [
    text(
      `Vorlage, Stand ${day}. Am Desk arbeiten zurzeit ${staff.agents} in der Rolle Mitarbeit, ${staff.managers} in der Rolle Leitung, ${staff.owners} in der Rolle Inhaber. Ohne Betriebsrat kann der Text als Richtlinie dienen; [§ 26 BDSG und Art. 88 DSGVO rechtlich prüfen lassen].`,
    ),
    heading("Zwischen"),
    list(`${company.name}, [vertreten durch]`, "dem Betriebsrat, [vertreten durch]"),
    heading("§ 1 Gegenstand"),
    text("Einführung und Nutzung von Augenhöhe für Gespräche mit Kunden (§ 87 Abs. 1 Nr. 6 BetrVG)."),
    heading("§ 2 Welche Daten von Beschäftigten entstehen"),
    list(
      "Konto: Name, E-Mail-Adresse, Rolle, Abteilung, Zeitpunkt der letzten Anmeldung.",
      "Arbeit: eigene Antworten, Notizen, Übernahmen und Übergaben im jeweiligen Gespräch.",
      "Einsicht: an welchem Tag Daten welcher Person geöffnet wurden; nicht, wie oft und wie lange.",
      staffShownAs === "role"
        ? "Kunden sehen auf ihrer Seite die Rolle, keinen Namen."
        : "Kunden sehen auf ihrer Seite Vornamen und Rolle. Auf die Rolle allein lässt sich umstellen (Haus, Firma).",
    ),
    heading("§ 3 Wozu sie dienen, und wozu nicht"),
    list(
      "Sie dienen der Beantwortung der Kunden, der Auskunft an Kunden und der Sicherheit.",
      "Leistung und Verhalten Einzelner werden damit nicht verglichen, bewertet oder überwacht. Das Programm zeigt keine Ranglisten; Auswertungen über Personen beginnen bei Gruppen von fünf.",
      "Kein Rückgriff auf diese Daten bei Abmahnung oder Kündigung, außer bei begründetem Verdacht einer Straftat und mit dem Betriebsrat.",
    ),
    heading("§ 4 Automatische Antworten"),
    text(
      "Der Automat beantwortet nur, was er sicher weiß, und übergibt sonst an einen Menschen. Vorschläge binden niemanden. [Regelung zu Arbeitsmenge und Stellen]",
    ),
    heading("§ 5 Zugriff und Dauer"),
    list(
      "Konten verwalten: [Namen]. Beim Ausscheiden wird das Konto am selben Tag abgeschaltet.",
      "Antworten bleiben so lange wie das Gespräch, in dem sie stehen (siehe Löschfristen); die Einsichtsliste ebenso.",
    ),
    heading("§ 6 Rechte"),
    text(
      "Beschäftigte werden vor der Einführung unterrichtet und geschult und können Auskunft verlangen. Der Betriebsrat darf Konfiguration und dieses Papier jederzeit einsehen; es wird nach jeder wesentlichen Änderung neu erstellt.",
    ),
    heading("§ 7 Inkrafttreten"),
    text("Gilt ab [Datum], kündbar mit [drei] Monaten Frist, mit Nachwirkung. [Ort, Datum, Unterschriften]"),
  ];
  return { title: "Betriebsvereinbarung über Gespräche mit Kunden (Vorlage)", blocks };
}

function english({ company, day, staff, staffShownAs }: DocumentFacts): Paper {
  const blocks: Block[] = [
    text(
      `Template, as of ${day}. At the desk there are at present ${staff.agents} agents, ${staff.managers} managers and ${staff.owners} owners. Without a works council the text may serve as a policy; [have § 26 BDSG and Art. 88 GDPR checked by a lawyer].`,
    ),
    heading("Between"),
    list(`${company.name}, [represented by]`, "the works council, [represented by]"),
    heading("1 Subject"),
    text(
      "Introduction and use of Augenhöhe for conversations with customers (in Germany § 87(1) no. 6 BetrVG).",
    ),
    heading("2 Which data of staff arise"),
    list(
      "Account: name, e-mail address, role, department, time of the last sign-in.",
      "Work: own answers, notes, taking over and handing on in the conversation concerned.",
      "Looking: on which day data of which person were opened; not how often and how long.",
      staffShownAs === "role"
        ? "Customers see the role on their page, no name."
        : "Customers see first name and role on their page. It can be switched to the role alone (House, Company).",
    ),
    heading("3 What they are for, and what not"),
    list(
      "They serve to answer customers, to inform customers, and security.",
      "Performance and conduct of single persons are not compared, judged or watched by them. The program shows no rankings; reports about persons begin at groups of five.",
      "No use of these data for warnings or dismissals, except on reasoned suspicion of a crime and with the works council.",
    ),
    heading("4 Automatic answers"),
    text(
      "The automatic answers say only what they know for sure and hand over to a person otherwise. Suggestions bind nobody. [Rules on workload and posts]",
    ),
    heading("5 Access and duration"),
    list(
      "Accounts are managed by: [names]. Whoever leaves is switched off on the same day.",
      "Answers stay as long as the conversation they stand in (see retention); so does the list of who looked.",
    ),
    heading("6 Rights"),
    text(
      "Staff are informed and trained before the introduction and may ask for access. The works council may see configuration and this paper at any time; it is made anew after every material change.",
    ),
    heading("7 Entry into force"),
    text(
      "In force from [date], to be ended with [three] months' notice, with continuing effect. [Place, date, signatures]",
    ),
  ];
  return { title: "Works agreement on conversations with customers (template)", blocks };
}
