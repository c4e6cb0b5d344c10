import type { Catalogue } from "#kernel";

/** Every sentence the first level says to a customer, and the summary it leaves for the team. */
export const de: Catalogue["de"] = {
  greeting: "Guten Tag. Worum geht es?",
  thanks: "Gern.",
  goodbye: {
    sie: "Auf Wiedersehen. Schreiben Sie hier, wann immer etwas ist.",
    du: "Tschüss. Schreib hier, wann immer etwas ist.",
  },
  who: {
    sie: "Ich bin ein Automat und beantworte, was oft gefragt wird. Wenn Sie möchten, antwortet Ihnen ein Mensch.",
    du: "Ich bin ein Automat und beantworte, was oft gefragt wird. Wenn du möchtest, antwortet dir ein Mensch.",
  },
  acknowledged: {
    sie: "Gut. Wenn noch etwas ist, schreiben Sie hier.",
    du: "Gut. Wenn noch etwas ist, schreib hier.",
  },
  notHelped: {
    sie: "Dann hat das nicht geholfen. Schreiben Sie in einem Satz, worum es geht. Oder sprechen Sie mit einem Menschen.",
    du: "Dann hat das nicht geholfen. Schreib in einem Satz, worum es geht. Oder sprich mit einem Menschen.",
  },
  offer: "Das ist nicht eindeutig. Geht es um eines davon?",
  offerOne: "Das ist nicht eindeutig. Geht es um das hier?",
  offerSeveral: "Das sind mehrere Anliegen. Womit fangen wir an?",
  rest: {
    sie: "Zu „{question}“ habe ich keine sichere Antwort. Möchten Sie, dass ein Mensch dazu antwortet?",
    du: "Zu „{question}“ habe ich keine sichere Antwort. Möchtest du, dass ein Mensch dazu antwortet?",
  },
  restOffer: "Und „{question}“: Geht es dabei um das hier?",
  optionElse: "Etwas anderes",
  optionPerson: "Mit Mensch sprechen",
  optionCall: "Rückruf, bitte",
  optionYes: "Ja, stimmt",
  optionNo: "Nein, ändern",
  describe: {
    sie: "Schreiben Sie in einem Satz, worum es geht.",
    du: "Schreib in einem Satz, worum es geht.",
  },
  otherLanguage: "Diese Antwort gibt es bisher nur auf Englisch:",
  placeholder: {
    sie: "Es geht um „{title}“ ({label}). Die Antwort dazu ist noch nicht geschrieben. Ein Mensch aus unserem Team kann sie Ihnen geben.",
    du: "Es geht um „{title}“ ({label}). Die Antwort dazu ist noch nicht geschrieben. Ein Mensch aus unserem Team kann sie dir geben.",
  },

  asked: { sie: "Ich gebe Sie an unser Team weiter.", du: "Ich gebe dich an unser Team weiter." },
  unsure: {
    sie: "Das kann ich nicht sicher beantworten. Ich gebe Sie an unser Team weiter.",
    du: "Das kann ich nicht sicher beantworten. Ich gebe dich an unser Team weiter.",
  },
  unfilled: {
    sie: "Das weiß ein Mensch aus unserem Team. Ich übergebe Sie.",
    du: "Das weiß ein Mensch aus unserem Team. Ich übergebe dich.",
  },
  unknown: {
    sie: "Darauf habe ich keine Antwort. Ich gebe Sie an unser Team weiter.",
    du: "Darauf habe ich keine Antwort. Ich gebe dich an unser Team weiter.",
  },
  upset: {
    sie: "Ihr Ärger kommt an. Ich gebe Sie an unser Team weiter.",
    du: "Dein Ärger kommt an. Ich gebe dich an unser Team weiter.",
  },
  danger: {
    sie: "Das klingt gefährlich. Bringen Sie sich und andere in Sicherheit; bei Feuer, Gas oder Verletzten rufen Sie sofort die 112. Ich habe Ihre Nachricht als dringend an unser Team gegeben.",
    du: "Das klingt gefährlich. Bring dich und andere in Sicherheit; bei Feuer, Gas oder Verletzten ruf sofort die 112. Ich habe deine Nachricht als dringend an unser Team gegeben.",
  },
  illness: {
    sie: "Das klingt nach einem medizinischen Notfall. Rufen Sie sofort die 112 und warten Sie nicht auf eine Antwort hier. Ich habe Ihre Nachricht als dringend an unser Team gegeben.",
    du: "Das klingt nach einem medizinischen Notfall. Ruf sofort die 112 und warte nicht auf eine Antwort hier. Ich habe deine Nachricht als dringend an unser Team gegeben.",
  },
  despair: {
    sie: "Ich bin nur ein Automat und kann hier nicht helfen, aber andere können es jetzt: die Telefonseelsorge, Tag und Nacht, kostenlos und vertraulich: 0800 1110111. Bei akuter Gefahr die 112. Unser Team liest Ihre Nachricht.",
    du: "Ich bin nur ein Automat und kann hier nicht helfen, aber andere können es jetzt: die Telefonseelsorge, Tag und Nacht, kostenlos und vertraulich: 0800 1110111. Bei akuter Gefahr die 112. Unser Team liest deine Nachricht.",
  },
  media: "Das kann ich als Automat nicht ansehen. Ich gebe es an unser Team weiter.",
  orderPassed: {
    sie: "Bestellung {number} ist notiert. Ich gebe Sie damit an unser Team weiter.",
    du: "Bestellung {number} ist notiert. Ich gebe dich damit an unser Team weiter.",
  },
  peopleHere: {
    sie: "Hier antwortet Ihnen ein Mensch, voraussichtlich {due}.",
    du: "Hier antwortet dir ein Mensch, voraussichtlich {due}.",
  },
  peopleLater: {
    sie: "Gerade ist niemand da. Ab {opens} antwortet Ihnen hier ein Mensch.",
    du: "Gerade ist niemand da. Ab {opens} antwortet dir hier ein Mensch.",
  },
  people: {
    sie: "Hier antwortet Ihnen ein Mensch, sobald wieder jemand da ist.",
    du: "Hier antwortet dir ein Mensch, sobald wieder jemand da ist.",
  },

  askPhone: {
    sie: "Wir rufen Sie an. Unter welcher Nummer? Wir benutzen sie nur für diesen Anruf.",
    du: "Wir rufen dich an. Unter welcher Nummer? Wir benutzen sie nur für diesen Anruf.",
  },
  askKnownPhone: {
    sie: "Wir rufen Sie an. Unter der Nummer, von der Sie hier schreiben ({phone})?",
    du: "Wir rufen dich an. Unter der Nummer, von der du hier schreibst ({phone})?",
  },
  askPhoneAgain: {
    sie: "Darin habe ich keine Telefonnummer erkannt. Schreiben Sie sie mit Vorwahl, zum Beispiel 040 66969140.",
    du: "Darin habe ich keine Telefonnummer erkannt. Schreib sie mit Vorwahl, zum Beispiel 040 66969140.",
  },
  resumePhone: {
    sie: "Noch offen ist Ihr Rückruf: Unter welcher Nummer rufen wir Sie an?",
    du: "Noch offen ist dein Rückruf: Unter welcher Nummer rufen wir dich an?",
  },
  resumeTime: {
    sie: "Noch offen ist Ihr Rückruf: Wann passt Ihnen der Anruf?",
    du: "Noch offen ist dein Rückruf: Wann passt dir der Anruf?",
  },
  askTime: {
    sie: "Wann passt Ihnen der Anruf? Zum Beispiel: morgen um 10 Uhr. Oder: so bald wie möglich.",
    du: "Wann passt dir der Anruf? Zum Beispiel: morgen um 10 Uhr. Oder: so bald wie möglich.",
  },
  askTimeAgain: {
    sie: "Darin habe ich keine Zeit erkannt. Schreiben Sie Tag und Uhrzeit, zum Beispiel: Montag um 15 Uhr.",
    du: "Darin habe ich keine Zeit erkannt. Schreib Tag und Uhrzeit, zum Beispiel: Montag um 15 Uhr.",
  },
  timeClosed: {
    sie: "Zu dieser Zeit ist niemand da. Möglich ist {time}. Wir rufen Sie dann unter {phone} an. Stimmt das?",
    du: "Zu dieser Zeit ist niemand da. Möglich ist {time}. Wir rufen dich dann unter {phone} an. Stimmt das?",
  },
  confirmCall: {
    sie: "Wir rufen Sie {time} unter {phone} an. Stimmt das?",
    du: "Wir rufen dich {time} unter {phone} an. Stimmt das?",
  },
  askChange: "Was stimmt nicht: die Nummer oder die Zeit?",
  optionOtherPhone: "Andere Nummer",
  optionOtherTime: "Andere Zeit",
  callBooked: {
    sie: "Versprochen: Wir rufen Sie {time} unter {phone} an.",
    du: "Versprochen: Wir rufen dich {time} unter {phone} an.",
  },
  stopped: {
    sie: "Gut, das ist abgebrochen. Wenn noch etwas ist, schreiben Sie hier.",
    du: "Gut, das ist abgebrochen. Wenn noch etwas ist, schreib hier.",
  },

  flowLooking: "Einen Moment, ich sehe nach.",
  flowStillLooking: "Ich sehe noch nach. Die Antwort kommt gleich.",
  flowLost: {
    sie: "Auf meine Anfrage ist keine Antwort gekommen. Ich gebe Sie an unser Team weiter.",
    du: "Auf meine Anfrage ist keine Antwort gekommen. Ich gebe dich an unser Team weiter.",
  },
  flowSent: "Das ist schon abgeschickt und lässt sich hier nicht mehr anhalten. Die Antwort kommt gleich.",

  askOrder: { sie: "Wie lautet Ihre Bestellnummer?", du: "Wie lautet deine Bestellnummer?" },
  resumeOrder: {
    sie: "Noch offen ist Ihre Bestellnummer{example}. Wie lautet sie?",
    du: "Noch offen ist deine Bestellnummer{example}. Wie lautet sie?",
  },
  askOrderAgain:
    "Darin habe ich keine Bestellnummer erkannt. Sie steht in der Bestätigung der Bestellung{example}.",
  confirmOrder: {
    sie: "Ihre Bestellnummer ist {number}. Stimmt das?",
    du: "Deine Bestellnummer ist {number}. Stimmt das?",
  },
  orderExample: ", zum Beispiel {number}",

  summaryOrder: "Bestellung {number}",
  summaryPhone: "Telefon {value}",
  summaryEmail: "E-Mail {value}",
  summaryPostcode: "PLZ {value}",
  summaryAmount: "Betrag {value}",
  summaryIban: "IBAN endet auf {value}",
  summaryLine: "Linie {value}",
  summaryTime: "nennt {value}",
  summaryOffered: "angeboten: {topics}",
  summaryStep: "mitten in der Frage nach: {what}",
  stepNumber: "Bestellnummer",
  stepPhone: "Telefonnummer",
  stepTime: "Zeit des Anrufs",
  stepConfirm: "Bestätigung",
  summaryGuess: "vermutlich {topic} ({confidence} sicher, nötig {needed})",
  summaryTopic: "zuletzt {topic}",
  summaryPosting: "die Anfrage an den Dienst läuft noch, ihr Ergebnis folgt",
  callAccepted: "{flow}: Der Dienst hat die Anfrage angenommen (Antwort {status}).",
  callRefused: "{flow}: Der Dienst hat die Anfrage abgelehnt (Antwort {status}).",
  callSilent: "{flow}: Vom Dienst kam keine Antwort ({why}). Ob die Anfrage ankam, ist offen.",
  callUnsent: "Die Anfrage an den Dienst wurde nicht mehr gesendet.",
  callUnknown: "Ob die Anfrage an den Dienst ankam, ist offen.",
  summaryMedia: "ohne Text: {what}",
};
