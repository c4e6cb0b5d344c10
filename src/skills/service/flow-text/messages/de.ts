import type { Catalogue } from "#kernel";

/** What the editor of a flow reads about a fault. Keywords of the format stay as they are. */
export const de: Catalogue["de"] = {
  tooLong: "Der Text hat {found} Zeichen, höchstens {most} sind möglich. Teilen Sie ihn in mehrere Abläufe.",
  lineTooLong:
    "Diese Zeile hat {found} Zeichen, höchstens {most} sind möglich. Schreiben Sie lange Texte in mehrere Zeilen unter de: und en:.",
  notText: "Hier steht kein lesbarer Text. Speichern Sie die Datei als UTF-8 und laden Sie sie noch einmal.",
  tab: "Hier steht ein Tabulator. Rücken Sie mit Leerzeichen ein, zwei je Stufe.",
  indent: "Diese Zeile ist anders eingerückt als ihre Nachbarn. Erwartet wird Spalte {column}.",
  tooDeep: "Tiefer als {most} Stufen geht es nicht. Rücken Sie diese Zeile weniger ein.",
  flowMissing: "Der Ablauf hat keinen Namen. Erwartet wird als Erstes: flow NAME",
  topExpected: "Hier steht „{found}“. Erwartet wird flow, slot, step oder example.",
  nameMissing: "Hier fehlt ein Name ({what}).",
  badName:
    "„{found}“ ist kein Name ({what}). Erlaubt sind Kleinbuchstaben ohne Umlaute, Ziffern und Unterstrich, am Anfang ein Buchstabe.",
  arrowMissing: "Hier fehlt, wohin es geht. Erwartet wird -> und ein Schritt, end oder person.",
  valueMissing: "Hier fehlt ein Wert: ein Wort, oder mehrere in Anführungszeichen.",
  numberExpected: "Erwartet wird eine Zahl von {least} bis {most}.",
  tooMuch: "„{found}“ gehört nicht mehr in diese Zeile.",
  nothingBelow: "Unter „{above}“ steht nichts Eingerücktes. Rücken Sie diese Zeile aus.",
  languageExpected: "Hier steht „{found}“. Erwartet wird de: oder en: mit dem Text dahinter.",
  twice: "{what} steht hier zum zweiten Mal.",
  textTooLong: "Dieser Text hat {found} Zeichen, höchstens {most} passen in eine Nachricht mit Auswahl.",
  statementExpected:
    "Hier steht „{found}“. Erwartet wird say, ask, choose, if, set, forget, call, hand over, start flow, answer topic, offer oder ->.",
  linkExpected:
    "Hier steht „{found}“. Erwartet wird de:, en: oder link: mit einer Adresse, die mit https:// beginnt.",
  optionsMissing: "Eine Auswahl braucht mindestens zwei Möglichkeiten: option NAME.",
  examplesTooLong:
    "Bis hierher sind die Beispiele durch {most} Anweisungen gelaufen, mehr werden nicht gespielt. Kürzen Sie sie, oder teilen Sie den Ablauf.",
  tooMany: "Das ist zu viel ({what}), höchstens {most} sind möglich.",
  wordMissing: "Hier wird das Wort {word} erwartet.",
  unknownBelow: "Das gehört nicht unter {above}. Möglich sind: {wanted}.",
  testExpected:
    "Hier fehlt der Vergleich. Möglich sind: is, is not, is known, is missing, over, under, before, after.",
  methodExpected: "Hier wird GET oder POST erwartet.",
  slotForm: "So sieht ein Platzhalter aus: slot NAME: ART",
  typeExpected: "„{found}“ ist keine Art. Möglich sind: {types}.",
  likeForm: "„{found}“ ist kein Beispiel einer Bestellnummer wie HK-20417. Nur order kennt like.",
  reserved: "{name} gibt es schon in jedem Ablauf. Nehmen Sie einen anderen Namen.",
  exampleName: "Ein Beispielgespräch braucht einen Namen.",
  exampleLine:
    "Hier steht „{found}“. Erwartet wird language, today, closed, customer:, customer photo:, bot:, service:, step: oder ends: (done, person, open).",

  noStep: "Der Ablauf hat keinen Schritt. Schreiben Sie mindestens einen: step NAME",
  noStart: "Niemand kann diesen Ablauf beginnen. Nennen Sie ein Thema (topic) oder einen Satz (start).",
  startReserved:
    "„{words}“ bedeutet in jedem Gespräch schon etwas, zum Beispiel abbrechen, ja oder einen Menschen holen. Nehmen Sie einen anderen Satz.",
  nameTwice: "{name} gibt es schon ({what}).",
  deadEnd:
    "Der Schritt {step} sagt nicht, wie es weitergeht. Schreiben Sie ans Ende -> und einen Schritt, end oder person.",
  neverRuns: "Hierhin kommt nie jemand: Der Schritt ist vorher zu Ende.",
  noSuchStep: "Einen Schritt {step} gibt es nicht.",
  noSuchSlot: "Einen Platzhalter {slot} gibt es nicht. Legen Sie ihn an: slot {slot}: text",
  askUndeclared:
    "Nach {slot} kann nicht gefragt werden, solange oben nicht steht, was es ist: slot {slot}: text",
  numberToCompare: "„{value}“ ist keine Zahl. over und under vergleichen Zahlen.",
  dateToCompare: "„{value}“ passt nicht. before und after vergleichen ein Datum mit today oder 2026-11-30.",
  badUrl: "„{url}“ ist keine Adresse. Erwartet wird eine, die mit https:// beginnt.",
  slotInHost:
    "Wen wir fragen, darf nicht davon abhängen, was jemand schreibt. Platzhalter stehen erst nach dem Namen des Servers.",
  sendWithGet:
    "Mit GET wird nichts gesendet. Nehmen Sie POST, oder schreiben Sie den Platzhalter in die Adresse.",
  noFallback: "Hier fehlt, was geschieht, wenn der Dienst nicht antwortet: failed -> SCHRITT",
  badPath: "„{path}“ führt nicht in eine Antwort. Erwartet wird zum Beispiel status oder items.0.name.",
  languageMissing: "Hier fehlt der Text {language}: ({what}).",
  optionTooLong: "Diese Möglichkeit hat {found} Zeichen, höchstens {most} sind lesbar.",
  unreachable: "Zum Schritt {step} führt kein Weg.",
  circle: "Von {step} kommt man zu {step} zurück, ohne gefragt zu werden. Das ginge ohne Ende so weiter.",

  topicTaken: "Das Thema {topic} beginnt schon den Ablauf {flow}.",
  topicUnknown: "Ein Thema {topic} gibt es im Wissen nicht.",
  startTaken: "Mit „{words}“ beginnt schon der Ablauf {flow}.",
  flowUnknown: "Einen Ablauf {flow} gibt es nicht, oder er ist nicht live.",
  nameMoved: "Der Ablauf heißt {name}. Ein anderer Name wäre ein anderer Ablauf.",
  exampleFailed: "Das Beispielgespräch „{name}“ geht anders aus: erwartet „{wanted}“, bekommen „{got}“.",
};
