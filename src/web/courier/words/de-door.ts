import type { Choose } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

type Door = Pick<Words, "stop" | "hand" | "away" | "undo" | "list" | "write" | "call" | "delay">;

/** German: at the door and on the way. */
export function deDoor(f: Choose): Door {
  return { ...stopWords(f), ...handWords(f), ...awayWords(), ...writeWords(f) };
}

function stopWords(f: Choose): Pick<Words, "stop"> {
  return {
    stop: {
      of: (n, all) => `Stopp ${n} von ${all}`,
      tour: (n) => `Tour ${n}`,
      line: (done, all) => `${done} von ${all} Stopps erledigt`,
      promised: "Versprochen",
      due: f("Sie sind da um", "Du bist da um"),
      inPlan: "im Plan",
      late: "zu spät",
      unknown: "offen",
      note: "Türnotiz",
      takeBack: "Mitnehmen",
      parcels: (count) => (count === 1 ? "1 Paket" : `${count} Pakete`),
      from: (sender) => `von ${sender}`,
      skills: { cold: "kühl halten", age_check: "Alter prüfen", fragile: "zerbrechlich" },
      write: "Schreiben",
      unread: (count) => (count === 1 ? "1 neue Nachricht" : `${count} neue Nachrichten`),
      call: "Anrufen",
      handOver: "Übergeben",
      notThere: "Nicht da",
      next: (text) => `Danach: ${text}`,
      last: "Danach zurück ins Depot",
      navigate: "Navigation öffnen",
      map: "Karte mit den nächsten Stopps",
      allStops: "Alle Stopps",
      delay: "Verspätung",
      more: "Mehr",
      finished: "Alle Stopps sind erledigt",
      finishedLead: (depot) => `Jetzt zurück: ${depot}.`,
      backAt: "Zurück im Depot",
    },
  };
}

function handWords(f: Choose): Pick<Words, "hand"> {
  return {
    hand: {
      title: (name) => `Übergeben an ${name}`,
      code: "Code der Kundin oder des Kunden",
      codeHelp: "Vier Ziffern, sie stehen in der Nachricht an die Kundin oder den Kunden.",
      codeLater: f(
        "Kein Netz: Ob der Code stimmt, zeigt sich erst, wenn es wieder da ist. Lassen Sie ihn sich zeigen.",
        "Kein Netz: Ob der Code stimmt, zeigt sich erst, wenn es wieder da ist. Lass ihn dir zeigen.",
      ),
      codeWrong: f(
        "Dieser Code stimmt nicht. Lassen Sie ihn sich noch einmal zeigen.",
        "Dieser Code stimmt nicht. Lass ihn dir noch einmal zeigen.",
      ),
      codeShape: "Der Code hat vier Ziffern.",
      photo: "Foto aufnehmen",
      photoTaken: "Foto ist aufgenommen.",
      photoAgain: "Neu aufnehmen",
      photoMissing: f("Nehmen Sie ein Foto auf.", "Nimm ein Foto auf."),
      photoBroken: "Diese Datei ist kein Foto, das hier geöffnet werden kann.",
      sign: "Unterschrift",
      signHelp: "Mit dem Finger in das Feld schreiben",
      clear: "Feld leeren",
      signMissing: "Die Unterschrift fehlt.",
      age: "Ich habe den Ausweis gesehen. Die Person ist alt genug.",
      ageHelp: "Vom Ausweis wird nichts gespeichert.",
      ageMissing: "Ohne Altersprüfung darf das Paket nicht übergeben werden.",
      takeBack: "Zurückgegeben wird:",
      takenAlong: "Mitgenommen",
      notTaken: "Nicht mitgenommen",
      notTakenWhy: "Warum nicht?",
      takeBackMissing: f(
        "Sagen Sie, ob Sie es mitnehmen; wenn nicht, warum.",
        "Sag, ob du es mitnimmst; wenn nicht, warum.",
      ),
      confirm: "Übergabe bestätigen",
      neighbour: "Nachbar hat es genommen",
      neighbourName: "Name der Nachbarin oder des Nachbarn",
      neighbourMissing: f("Schreiben Sie, wer es genommen hat.", "Schreib, wer es genommen hat."),
      neighbourConfirm: "Beim Nachbarn übergeben",
      leave: "Am Ablageort abgelegt",
      leavePlace: "Wo es liegt",
      leaveMissing: f("Schreiben Sie, wo es liegt.", "Schreib, wo es liegt."),
      leaveConfirm: "Ablage bestätigen",
      done: {
        handed_over: "übergeben",
        neighbour: "beim Nachbarn",
        left_there: "abgelegt",
        not_there: "nicht da",
        refused: "nicht angenommen",
        not_recorded: "nicht erfasst",
      },
    },
  };
}

function awayWords(): Pick<Words, "away" | "undo" | "list"> {
  return {
    away: {
      title: "Niemand öffnet?",
      lead: "Was ist mit dem Paket geschehen?",
      onlyInPerson: "Dieses Paket wird nur persönlich übergeben, weil das Alter geprüft wird.",
      notThere: "Niemand da, Paket bleibt bei mir",
      notThereConfirm: "Als nicht da eintragen",
      refused: "Annahme verweigert",
      refusedWhy: "Grund (freiwillig)",
      refusedConfirm: "Verweigerung eintragen",
      photo: "Foto der Tür (freiwillig)",
    },
    undo: {
      button: "Rückgängig",
      done: (what, who) => `${who}: ${what}`,
      undone: "Zurückgenommen. Der Stopp ist wieder offen.",
    },
    list: {
      title: "Alle Stopps",
      open: "noch offen",
      state: { next: "als Nächstes", open: "offen", waiting: "gemerkt" },
      show: "Zeigen",
    },
  };
}

function writeWords(f: Choose): Pick<Words, "write" | "call" | "delay"> {
  return {
    write: {
      title: (name) => `Nachricht an ${name}`,
      lead: f(
        "Sie geht über das Gespräch der Firma. Ihre Nummer sieht niemand.",
        "Sie geht über das Gespräch der Firma. Deine Nummer sieht niemand.",
      ),
      label: "Nachricht",
      send: "Senden",
      empty: f("Schreiben Sie zuerst etwas.", "Schreib zuerst etwas."),
      from: { dispatcher: "Disposition", customer: "Kundin oder Kunde", courier: f("Sie", "Du") },
      noConversation:
        "Zu dieser Sendung gibt es kein Gespräch. Die Disposition erreicht die Kundin oder den Kunden vielleicht anders.",
      sent: "Die Nachricht ist unterwegs.",
      dispatcher: "Nachrichten der Disposition",
    },
    call: {
      title: "Anrufen",
      lead: f(
        "Eine Verbindung zur Kundin oder zum Kunden gibt es hier nicht, und Nummern werden nicht gezeigt. Die Disposition ruft für Sie an.",
        "Eine Verbindung zur Kundin oder zum Kunden gibt es hier nicht, und Nummern werden nicht gezeigt. Die Disposition ruft für dich an.",
      ),
      number: (phone) => `Disposition anrufen: ${phone}`,
      none: f(
        "Für die Disposition ist keine Nummer hinterlegt. Schreiben Sie eine Nachricht.",
        "Für die Disposition ist keine Nummer hinterlegt. Schreib eine Nachricht.",
      ),
    },
    delay: {
      title: "Verspätung melden",
      lead: f(
        "Wie viel später kommen Sie? Wer es wissen muss, bekommt Bescheid.",
        "Wie viel später kommst du? Wer es wissen muss, bekommt Bescheid.",
      ),
      minutes: (count) => `${count} Minuten`,
      why: "Grund (freiwillig)",
      send: (minutes) => `${minutes} Minuten melden`,
      sent: "Die Verspätung ist gemeldet.",
    },
  };
}
