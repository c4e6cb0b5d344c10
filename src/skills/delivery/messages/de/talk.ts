import type { Catalogue } from "#kernel";

/** What is said of a promise: asked for, held, booked, moved, taken back; and what colleagues read of it. */
export const talk: Catalogue["de"] = {
  free: "ohne Aufpreis",
  askAddress: {
    sie: "Gern. Wohin dürfen wir liefern? Bitte schreiben Sie Straße, Hausnummer und Postleitzahl.",
    du: "Gern. Wohin dürfen wir liefern? Bitte schreib Straße, Hausnummer und Postleitzahl.",
  },
  askNewAddress: {
    sie: "Wohin dürfen wir stattdessen liefern? Bitte schreiben Sie Straße, Hausnummer und Postleitzahl.",
    du: "Wohin dürfen wir stattdessen liefern? Bitte schreib Straße, Hausnummer und Postleitzahl.",
  },
  againAddress: {
    sie: "Darin habe ich keine Adresse erkannt. Schreiben Sie sie zum Beispiel so: Lange Reihe 12, 20099 Hamburg.",
    du: "Darin habe ich keine Adresse erkannt. Schreib sie zum Beispiel so: Lange Reihe 12, 20099 Hamburg.",
  },
  "ask.street": "Und in welcher Straße?",
  "ask.number": "{address}: Welche Hausnummer?",
  "ask.postcode": "{address}: Welche Postleitzahl?",
  choosePlace: {
    sie: "Welche Adresse meinen Sie?",
    du: "Welche Adresse meinst du?",
  },
  confirmPlace: {
    sie: "Meinen Sie {address}?",
    du: "Meinst du {address}?",
  },
  placeNotFound: {
    sie: "„{address}“ finde ich in unserem Gebiet nicht. Bitte prüfen Sie Straße, Hausnummer und Postleitzahl und schreiben Sie sie noch einmal.",
    du: "„{address}“ finde ich in unserem Gebiet nicht. Bitte prüfe Straße, Hausnummer und Postleitzahl und schreib sie noch einmal.",
  },
  orPin: {
    sie: "Oder senden Sie Ihren Standort.",
    du: "Oder sende deinen Standort.",
  },
  askDoor: {
    sie: "Danke für den Standort. Welche Straße und Hausnummer stehen an der Tür?",
    du: "Danke für den Standort. Welche Straße und Hausnummer stehen an der Tür?",
  },
  placeToPerson: {
    sie: "Für {address} kann ich gerade nicht selbst nachsehen. Das Team meldet sich hier bei Ihnen; die Adresse ist notiert.",
    du: "Für {address} kann ich gerade nicht selbst nachsehen. Das Team meldet sich hier bei dir; die Adresse ist notiert.",
  },
  toPerson: {
    sie: "Ich gebe Sie an unser Team weiter. Was Sie geschrieben haben, ist notiert.",
    du: "Ich gebe dich an unser Team weiter. Was du geschrieben hast, ist notiert.",
  },
  offer: {
    sie: "Für {address} kann ich Ihnen das fest versprechen. Was passt Ihnen?",
    du: "Für {address} kann ich dir das fest versprechen. Was passt dir?",
  },
  offerLater: {
    sie: "Danach kann ich für {address} das fest versprechen:",
    du: "Danach kann ich für {address} das fest versprechen:",
  },
  offerFitting: {
    sie: "Das passt dazu und ist für {address} sicher:",
    du: "Das passt dazu und ist für {address} sicher:",
  },
  offerInstead: {
    sie: "Dann kann ich für {address} nichts versprechen. Sicher wäre:",
    du: "Dann kann ich für {address} nichts versprechen. Sicher wäre:",
  },
  offerGone: {
    sie: "{window} ist inzwischen vergeben. Für {address} kann ich Ihnen jetzt das fest versprechen:",
    du: "{window} ist inzwischen vergeben. Für {address} kann ich dir jetzt das fest versprechen:",
  },
  offerMove: {
    sie: "Ihre Lieferung steht: {window}, {address}. Wohin soll ich sie verschieben?",
    du: "Deine Lieferung steht: {window}, {address}. Wohin soll ich sie verschieben?",
  },
  offerUnplanned: {
    sie: "So weit voraus ist noch nicht geplant. Für {address} ist bisher sicher:",
    du: "So weit voraus ist noch nicht geplant. Für {address} ist bisher sicher:",
  },
  offerTaken: {
    sie: "Danach ist an den geplanten Tagen nichts mehr frei. Für {address} ist sicher:",
    du: "Danach ist an den geplanten Tagen nichts mehr frei. Für {address} ist sicher:",
  },
  noMore: {
    sie: "Weitere Tage sind noch nicht geplant. Bis dahin ist für {address} sicher:",
    du: "Weitere Tage sind noch nicht geplant. Bis dahin ist für {address} sicher:",
  },
  againWindow: {
    sie: "Das habe ich nicht verstanden. Bitte wählen Sie ein Fenster, oder schreiben Sie zum Beispiel „morgen Abend“ oder „die zweite“.",
    du: "Das habe ich nicht verstanden. Bitte wähl ein Fenster, oder schreib zum Beispiel „morgen Abend“ oder „die zweite“.",
  },
  "refused.outside": {
    sie: "{address} liegt außerhalb unseres Liefergebiets, etwa {distance} km entfernt. Haben Sie eine andere Adresse?",
    du: "{address} liegt außerhalb unseres Liefergebiets, etwa {distance} km entfernt. Hast du eine andere Adresse?",
  },
  "refused.no_round": {
    sie: "In den nächsten Tagen ist für {address} keine Tour geplant, die nächste am {day}. Ich gebe Sie an unser Team weiter.",
    du: "In den nächsten Tagen ist für {address} keine Tour geplant, die nächste am {day}. Ich gebe dich an unser Team weiter.",
  },
  "refused.no_round_yet": {
    sie: "Für {address} ist noch keine Tour geplant. Ich gebe Sie an unser Team weiter.",
    du: "Für {address} ist noch keine Tour geplant. Ich gebe dich an unser Team weiter.",
  },
  "refused.full": {
    sie: "Bis {day} ist für {address} kein Fenster mehr sicher. Ich verspreche nichts, was wir nicht halten können, und gebe Sie an unser Team weiter.",
    du: "Bis {day} ist für {address} kein Fenster mehr sicher. Ich verspreche nichts, was wir nicht halten können, und gebe dich an unser Team weiter.",
  },
  "refused.other": {
    sie: "Diese Lieferung kann ich nicht allein planen. Ich gebe Sie an unser Team weiter.",
    du: "Diese Lieferung kann ich nicht allein planen. Ich gebe dich an unser Team weiter.",
  },
  held: {
    sie: "Für Sie gehalten bis {until} Uhr: {window}, {price}, {address}. Fest buchen?",
    du: "Für dich gehalten bis {until} Uhr: {window}, {price}, {address}. Fest buchen?",
  },
  againHeld: {
    sie: "Soll ich fest buchen? Ein Ja genügt. Gehalten ist: {window}.",
    du: "Soll ich fest buchen? Ein Ja genügt. Gehalten ist: {window}.",
  },
  booked: {
    sie: "Versprochen: {window}, {price}, {address}. Sie müssen nichts weiter tun.",
    du: "Versprochen: {window}, {price}, {address}. Du musst nichts weiter tun.",
  },
  moved: {
    sie: "Verschoben: {window}, {price}, {address}. Das alte Fenster ist frei.",
    du: "Verschoben: {window}, {price}, {address}. Das alte Fenster ist frei.",
  },
  released: "In Ordnung, ich habe nichts gebucht.",
  holdOver: {
    sie: "Das Fenster {window} halte ich nun nicht mehr frei. Soll ich neu nachsehen?",
    du: "Das Fenster {window} halte ich nun nicht mehr frei. Soll ich neu nachsehen?",
  },
  askCancel: {
    sie: "Soll ich die Lieferung wirklich absagen? {window}, {address}.",
    du: "Soll ich die Lieferung wirklich absagen? {window}, {address}.",
  },
  tapToCancel: {
    sie: "Damit nichts aus Versehen abgesagt wird: Bitte tippen Sie auf „{option}“, oder schreiben Sie genau das.",
    du: "Damit nichts aus Versehen abgesagt wird: Bitte tipp auf „{option}“, oder schreib genau das.",
  },
  cancelled: "Die Lieferung ist abgesagt: {window}, {address}. Sie kostet nichts.",
  kept: "Es bleibt dabei: {window}, {address}.",
  tooLate: {
    sie: "Das geht nicht mehr: Der Kurier ist schon auf dem Weg zu Ihnen. Das Team sieht Ihre Nachricht.",
    du: "Das geht nicht mehr: Der Kurier ist schon auf dem Weg zu dir. Das Team sieht deine Nachricht.",
  },
  askNeighbour: {
    sie: "Bei wem darf der Kurier abgeben? Schreiben Sie den Namen an der Klingel, oder „egal“.",
    du: "Bei wem darf der Kurier abgeben? Schreib den Namen an der Klingel, oder „egal“.",
  },
  noted: {
    sie: "Ist für den Kurier notiert: „{words}“. Es bleibt bei {window}.",
    du: "Ist für den Kurier notiert: „{words}“. Es bleibt bei {window}.",
  },
  notedLeave: {
    sie: "Ist für den Kurier notiert: „{words}“. Liegt die Sendung dort, gilt sie als übergeben. Es bleibt bei {window}.",
    du: "Ist für den Kurier notiert: „{words}“. Liegt die Sendung dort, gilt sie als übergeben. Es bleibt bei {window}.",
  },
  noNeighbour: {
    sie: "Diese Sendung darf nur an Sie selbst übergeben werden, weil das Alter geprüft wird. Passt der Abend nicht, sagen Sie mir, was ich tun soll.",
    du: "Diese Sendung darf nur an dich selbst übergeben werden, weil das Alter geprüft wird. Passt der Abend nicht, sag mir, was ich tun soll.",
  },
  noLeaving:
    "Diese Sendung muss kühl bleiben und darf nicht vor der Tür liegen. Was soll ich stattdessen tun?",
  noLeavingProof:
    "Die Übergabe dieser Sendung wird an der Tür bestätigt, darum darf sie dort nicht liegen. Was soll ich stattdessen tun?",
  absent: {
    sie: "Danke, dass Sie Bescheid sagen. Versprochen ist: {window}, {address}. Was soll ich tun?",
    du: "Danke, dass du Bescheid sagst. Versprochen ist: {window}, {address}. Was soll ich tun?",
  },
  here: "Danke, dann bis gleich.",
  absentNear: {
    sie: "Danke, dass Sie Bescheid sagen; es ist für den Kurier notiert. Er ist schon auf dem Weg, verschieben geht nicht mehr. Darf er beim Nachbarn abgeben?",
    du: "Danke, dass du Bescheid sagst; es ist für den Kurier notiert. Er ist schon auf dem Weg, verschieben geht nicht mehr. Darf er beim Nachbarn abgeben?",
  },
  absentNearAgeChecked: {
    sie: "Danke, dass Sie Bescheid sagen; es ist für den Kurier notiert. Er ist schon auf dem Weg, verschieben geht nicht mehr, und weil das Alter geprüft wird, gibt er nur bei Ihnen ab.",
    du: "Danke, dass du Bescheid sagst; es ist für den Kurier notiert. Er ist schon auf dem Weg, verschieben geht nicht mehr, und weil das Alter geprüft wird, gibt er nur bei dir ab.",
  },
  absentBegun: {
    sie: "Danke, dass Sie Bescheid sagen; es ist für den Kurier notiert. Die Lieferung ist schon unterwegs: {window}, {address}. Was soll damit geschehen?",
    du: "Danke, dass du Bescheid sagst; es ist für den Kurier notiert. Die Lieferung ist schon unterwegs: {window}, {address}. Was soll damit geschehen?",
  },
  another: {
    sie: "Für den Kurier ist notiert, dass Sie nicht da sind. Weil die Lieferung schon unterwegs ist, sucht das Team einen anderen Abend aus und meldet sich hier bei Ihnen.",
    du: "Für den Kurier ist notiert, dass du nicht da bist. Weil die Lieferung schon unterwegs ist, sucht das Team einen anderen Abend aus und meldet sich hier bei dir.",
  },
  which: {
    sie: "Um welche Lieferung geht es?",
    du: "Um welche Lieferung geht es?",
  },
  "status.held": {
    sie: "Noch nicht gebucht, nur gehalten bis {until} Uhr: {window}, {address}.",
    du: "Noch nicht gebucht, nur gehalten bis {until} Uhr: {window}, {address}.",
  },
  "status.booked": {
    sie: "Ihre Lieferung ist versprochen: {window}, {address}. Dabei bleibt es.",
    du: "Deine Lieferung ist versprochen: {window}, {address}. Dabei bleibt es.",
  },
  "status.loaded": {
    sie: "Ihre Lieferung ist beim Kurier. Versprochen ist: {window}, {address}.",
    du: "Deine Lieferung ist beim Kurier. Versprochen ist: {window}, {address}.",
  },
  "status.under_way": {
    sie: "Ihre Lieferung ist unterwegs. Versprochen ist: {window}, {address}.",
    du: "Deine Lieferung ist unterwegs. Versprochen ist: {window}, {address}.",
  },
  "status.late": {
    sie: "Versprochen war {window}, und als übergeben gemeldet ist die Lieferung nicht. Das tut uns leid. Das Team kümmert sich jetzt darum und meldet sich hier.",
    du: "Versprochen war {window}, und als übergeben gemeldet ist die Lieferung nicht. Das tut uns leid. Das Team kümmert sich jetzt darum und meldet sich hier.",
  },
  nothingPromised: {
    sie: "Diese Lieferung steht nicht mehr aus. Wenn Sie ein neues Fenster möchten, sehe ich gern nach.",
    du: "Diese Lieferung steht nicht mehr aus. Wenn du ein neues Fenster möchtest, sehe ich gern nach.",
  },
  tooMany: {
    sie: "Für Sie stehen schon so viele Lieferungen aus, dass ich keine weitere allein buche. Ich gebe Sie an unser Team weiter.",
    du: "Für dich stehen schon so viele Lieferungen aus, dass ich keine weitere allein buche. Ich gebe dich an unser Team weiter.",
  },
  stopped: "In Ordnung.",
  optionMore: "Weitere Tage",
  optionAddress: "Andere Adresse",
  optionBook: "Ja, buchen",
  optionOther: "Anderes Fenster",
  optionNo: "Nein",
  optionChange: "Verschieben",
  optionNeighbour: "Zum Nachbarn",
  optionCancel: "Absagen",
  optionReallyCancel: "Ja, absagen",
  optionKeep: "Nicht absagen",
  optionLook: "Neu nachsehen",
  optionNew: "Neue Lieferung",
  optionYesPlace: "Ja, dorthin",
  optionAnother: "Anderer Abend",
  "team.place": "Lieferung gewünscht: {question} Adresse ohne Ort auf der Karte: {address}",
  "team.asks": "Lieferung gewünscht: {question}",
  "team.refused": "Lieferung gewünscht: {question} Kein Fenster für {address} ({reason})",
  "team.tooLate": "Kurier ist schon auf dem Weg, Kunde möchte noch ändern: {window}, {address}",
  "team.bad": "Nach der Lieferung nicht zufrieden: {words} ({window}, {address})",
  "team.badUnsaid": "Nach der Lieferung nicht zufrieden, ohne Worte: bitte nachfragen ({window}, {address})",
  "team.another": "Schon unterwegs, Kunde ist nicht da und möchte einen anderen Abend: {window}, {address}",
  "team.failed": "Kunde fragt nach einer Lieferung, die nicht übergeben wurde: {window}, {address}",
  "team.tooMany": "Weitere Lieferung gewünscht, es stehen schon viele aus: {question}",
  "team.late": "Überfällige Lieferung: {window}, {address}",
  "reason.outside": "außerhalb",
  "reason.too_much": "zu viel für einen Kurier",
  "reason.not_carried": "kein Kurier führt das",
  "reason.no_round": "keine Tour geplant",
  "reason.full": "voll",
  "takeBack.ask": "Gern. Was soll der Kurier mitnehmen?",
  "takeBack.ask.rule": "Gern. Mitnehmen kann der Kurier: {words}. Was ist es?",
  "takeBack.noted": "Ist notiert: Der Kurier nimmt „{words}“ mit. Es bleibt bei {window}.",
  "takeBack.dropped": "In Ordnung, der Kurier nimmt nichts mit. Es bleibt bei {window}.",
  "takeBack.not": {
    sie: "Mitnehmen kann der Kurier bei dieser Lieferung nichts. Wenn Sie etwas zurückgeben möchten, hilft Ihnen das Team hier weiter.",
    du: "Mitnehmen kann der Kurier bei dieser Lieferung nichts. Wenn du etwas zurückgeben möchtest, hilft dir das Team hier weiter.",
  },
  "takeBack.late": {
    sie: "Dafür ist der Kurier schon zu nah: Er kann nichts mehr einplanen. Geben Sie es bei der nächsten Lieferung mit, oder schreiben Sie dem Team hier.",
    du: "Dafür ist der Kurier schon zu nah: Er kann nichts mehr einplanen. Gib es bei der nächsten Lieferung mit, oder schreib dem Team hier.",
  },
  optionNoTakeBack: "Doch nicht",
  "card.booked": "Versprochen: {window}",
  "card.change": {
    sie: "Verschieben oder absagen: hier schreiben, bis der Kurier in der Nähe ist.",
    du: "Verschieben oder absagen: hier schreiben, bis der Kurier in der Nähe ist.",
  },
  "card.owed": {
    sie: "Halten wir das Fenster nicht, schreiben wir Ihnen {amount} gut. Ohne Antrag.",
    du: "Halten wir das Fenster nicht, schreiben wir dir {amount} gut. Ohne Antrag.",
  },
  "card.nothingToDo": {
    sie: "Sie müssen nichts weiter tun.",
    du: "Du musst nichts weiter tun.",
  },
};
