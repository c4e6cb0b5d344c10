import type { Choose, Form } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";
import { deDoor } from "./de-door.ts";

/** German, in the team's form of address. */
export function de(form: Form): Words {
  const f: Choose = (sie, du) => (form === "sie" ? sie : du);
  return {
    title: "Tour",
    loading: "Die Tour wird geladen.",
    cancel: "Abbrechen",
    close: "Schließen",
    back: "Zurück",
    menu: "Mehr",
    on: "An",
    off: "Aus",
    ...deDoor(f),
    ...problems(f),
    ...told(f),
    ...shiftWords(f),
    ...loadWords(f),
    ...moreWords(f),
  };
}

function problems(f: Choose): Pick<Words, "noKey" | "ended" | "noPage" | "notLasting" | "notKept"> {
  return {
    noKey: {
      title: "Hier fehlt der Link",
      rows: [
        ["Was passiert ist", "Diese Seite öffnet sich mit einem persönlichen Link aus der Disposition."],
        ["Was erhalten ist", "Es ist nichts verloren gegangen."],
        [
          f("Was Sie tun können", "Was du tun kannst"),
          f(
            "Öffnen Sie den Link, den Sie bekommen haben, oder bitten Sie um einen neuen.",
            "Öffne den Link, den du bekommen hast, oder bitte um einen neuen.",
          ),
        ],
      ],
    },
    ended: (count) => ({
      title: "Dieser Link gilt nicht mehr",
      rows: [
        ["Was passiert ist", "Es gibt einen neueren Link, oder der Zugang wurde beendet."],
        [
          "Was erhalten ist",
          count === 0
            ? "Alles, was erfasst wurde, ist angekommen."
            : `${count === 1 ? "Ein Eintrag ist" : `${count} Einträge sind`} auf diesem Telefon gemerkt und noch nicht angekommen.`,
        ],
        [
          f("Was Sie tun können", "Was du tun kannst"),
          f(
            "Bitten Sie die Disposition um einen neuen Link und öffnen Sie ihn auf diesem Telefon. Dann wird alles gesendet.",
            "Bitte die Disposition um einen neuen Link und öffne ihn auf diesem Telefon. Dann wird alles gesendet.",
          ),
        ],
      ],
      retry: "Noch einmal versuchen",
    }),
    noPage: {
      title: "Die Tour ist noch nicht auf diesem Telefon",
      rows: [
        ["Was passiert ist", "Es gibt gerade kein Netz, oder der Dienst antwortet nicht."],
        ["Was erhalten ist", "Der Zugang ist gespeichert."],
        [
          f("Was Sie tun können", "Was du tun kannst"),
          f(
            "Gehen Sie dorthin, wo Netz ist. Die Seite lädt dann von selbst.",
            "Geh dorthin, wo Netz ist. Die Seite lädt dann von selbst.",
          ),
        ],
      ],
      retry: "Jetzt versuchen",
    },
    notKept: f(
      "Das Telefon konnte den letzten Eintrag nicht speichern; er ist nicht erfasst. Schaffen Sie Platz auf dem Telefon und tragen Sie ihn noch einmal ein.",
      "Das Telefon konnte den letzten Eintrag nicht speichern; er ist nicht erfasst. Schaff Platz auf dem Telefon und trag ihn noch einmal ein.",
    ),
    notLasting: f(
      "Dieser Browser speichert nichts. Schließen Sie die Seite nicht, solange etwas gemerkt ist.",
      "Dieser Browser speichert nichts. Schließ die Seite nicht, solange etwas gemerkt ist.",
    ),
  };
}

function told(f: Choose): Pick<Words, "net" | "why" | "refused"> {
  return {
    net: {
      offline: "ohne Netz, gemerkt",
      queued: (count) => `ohne Netz, ${count} gemerkt`,
      sending: "wird gesendet",
      busy: "Dienst antwortet nicht, gemerkt",
      fresh: (clock) => `Stand ${clock}`,
      refused: (count) => (count === 1 ? "1 Eintrag nicht angenommen" : `${count} Einträge nicht angenommen`),
    },
    why: {
      code: "Der Code stimmt nicht.",
      locked: "Zu viele falsche Codes. Die Disposition trägt die Übergabe ein.",
      age: "Die Altersprüfung fehlt.",
      proof: "Der verlangte Nachweis fehlt.",
      not_yours: f("Das gehört zu keiner Ihrer Touren mehr.", "Das gehört zu keiner deiner Touren mehr."),
      over: "Das ist schon beendet oder zurückgenommen.",
      unknown: "Diese Sendung ist hier nicht bekannt.",
      invalid: "Der Eintrag war unvollständig.",
    },
    refused: {
      title: "Nicht angenommen",
      lead: f(
        "Das konnte nicht eingetragen werden. Klären Sie es mit der Disposition.",
        "Das konnte nicht eingetragen werden. Klär es mit der Disposition.",
      ),
      dismiss: "Zur Kenntnis genommen",
      kinds: {
        accept: "Schicht annehmen",
        decline: "Schicht ablehnen",
        scan: "Paket einscannen",
        leave: "Losfahren",
        arrive: "Ankunft",
        done: "Übergabe",
        not_there: "Nicht da",
        refused: "Annahme verweigert",
        take_back: "Rückgabe",
        undo: "Rückgängig",
        write: "Nachricht",
        delay: "Verspätung",
        back: "Zurück im Depot",
        place: "Standort",
      },
    },
  };
}

function shiftWords(f: Choose): Pick<Words, "shifts"> {
  return {
    shifts: {
      title: f("Ihre Schichten", "Deine Schichten"),
      lead: (name) => `Moin, ${name}.`,
      none: f(
        "In den nächsten sieben Tagen sind Sie nicht eingeteilt.",
        "In den nächsten sieben Tagen bist du nicht eingeteilt.",
      ),
      states: {
        planned: f("Sie sind dran: annehmen?", "Du bist dran: annehmen?"),
        accepted: "angenommen",
        out: "unterwegs",
        done: "beendet",
      },
      declined: "abgelehnt",
      accept: "Schicht annehmen",
      decline: "Ablehnen",
      declineWhy: "Grund (freiwillig)",
      declineSend: "Schicht ablehnen",
      hours: (window) => window,
      ends: (name) => `bis Depot ${name}`,
      open: "Tour öffnen",
      stops: (count) => (count === 1 ? "1 Stopp" : `${count} Stopps`),
      law: {
        overlap: (would) =>
          f(
            `Zur selben Zeit haben Sie andere Arbeit, ${would} davon.`,
            `Zur selben Zeit hast du andere Arbeit, ${would} davon.`,
          ),
        rest: (would, limit) =>
          `Zwischen zwei Arbeitstagen liegen ${limit} Ruhe (§ 5 ArbZG). Hier wären es ${would}.`,
        daily_hours: (would, limit) =>
          `Ein Arbeitstag hat höchstens ${limit} (§ 3 ArbZG). Mit der anderen Arbeit wären es ${would}.`,
        average_hours: (would, limit) =>
          `In 24 Wochen sind im Schnitt höchstens ${limit} erlaubt (§ 3 ArbZG). Es wären ${would}.`,
        breaks: (would, limit) => `Der Arbeitstag braucht ${limit} Pause (§ 4 ArbZG). Es wären ${would}.`,
      },
      lawAsk: f(
        "Sprechen Sie mit der Disposition, bevor Sie annehmen.",
        "Sprich mit der Disposition, bevor du annimmst.",
      ),
      begins: f("Die Adressen sehen Sie am Tag der Schicht.", "Die Adressen siehst du am Tag der Schicht."),
    },
  };
}

function loadWords(f: Choose): Pick<Words, "load" | "pickUp"> {
  return {
    pickUp: {
      title: "Abholen",
      open: (window) => `geöffnet ${window}`,
      all: "Alles abgeholt.",
      without: "Weiter ohne",
      tag: (count) => (count === 1 ? "1 abholen" : `${count} abholen`),
    },
    load: {
      title: "Pakete einscannen",
      counter: (loaded, all) => `${loaded} von ${all}`,
      lead: f(
        "Scannen Sie jedes Etikett, oder tippen Sie das Ende seiner Nummer.",
        "Scann jedes Etikett, oder tipp das Ende seiner Nummer.",
      ),
      camera: "Kamera öffnen",
      stopCamera: "Kamera schließen",
      noCamera: f(
        "Dieser Browser liest keine Codes. Tippen Sie das Ende der Nummer.",
        "Dieser Browser liest keine Codes. Tipp das Ende der Nummer.",
      ),
      cameraRefused: f(
        "Die Kamera ist nicht erlaubt. Tippen Sie das Ende der Nummer, oder erlauben Sie sie in den Einstellungen.",
        "Die Kamera ist nicht erlaubt. Tipp das Ende der Nummer, oder erlaub sie in den Einstellungen.",
      ),
      label: "Ende der Nummer",
      help: "Sendungsnummer oder Bestellnummer auf dem Etikett",
      take: "Eintragen",
      taken: (name) => `Eingescannt: ${name}`,
      again: (name) => `Schon eingescannt: ${name}`,
      several: f(
        "Mehrere Pakete enden so. Tippen Sie mehr Zeichen.",
        "Mehrere Pakete enden so. Tipp mehr Zeichen.",
      ),
      foreign: "Dieses Paket gehört nicht zu dieser Tour. Es bleibt hier.",
      missing: "Es fehlen",
      parcel: (n, of) => `Paket ${n} von ${of}`,
      all: "Alle Pakete sind dabei.",
      leave: "Losfahren",
      leaveWithout: (count) => (count === 1 ? "Ohne 1 Paket losfahren" : `Ohne ${count} Pakete losfahren`),
      leaveAsk: (count) =>
        count === 1
          ? "1 Paket ist nicht eingescannt. Trotzdem losfahren?"
          : `${count} Pakete sind nicht eingescannt. Trotzdem losfahren?`,
    },
  };
}

function moreWords(f: Choose): Pick<Words, "more"> {
  return {
    more: {
      title: "Mehr",
      place: "Standort teilen",
      placeHelp: f(
        "Nur während der Tour, höchstens einmal in der Minute. Die Disposition sieht ihn, nach 24 Stunden ist er gelöscht. Ohne ihn geht alles genauso.",
        "Nur während der Tour, höchstens einmal in der Minute. Die Disposition sieht ihn, nach 24 Stunden ist er gelöscht. Ohne ihn geht alles genauso.",
      ),
      navigation: "Navigation mit",
      navigations: {
        geo: "App des Telefons",
        google: "Google Maps",
        apple: "Apple Karten",
        osm: "OpenStreetMap",
      },
      language: "Sprache",
      theme: "Helligkeit",
      themes: { auto: "wie das Telefon, abends dunkel", light: "hell", dark: "dunkel" },
      toShifts: "Alle Schichten",
      back: "Zurück im Depot",
      backAsk: (open) =>
        open === 1
          ? "1 Stopp ist noch offen. Er gilt dann als nicht gebracht, und der Kunde hört davon. Tour beenden?"
          : `${open} Stopps sind noch offen. Sie gelten dann als nicht gebracht, und die Kunden hören davon. Tour beenden?`,
      backConfirm: "Tour beenden",
      over: "Die Schicht ist beendet",
      overLead: f(
        "Danke. Sie können die Seite schließen, sobald alles gesendet ist.",
        "Danke. Du kannst die Seite schließen, sobald alles gesendet ist.",
      ),
      goOn: "Doch weiterfahren",
    },
  };
}
