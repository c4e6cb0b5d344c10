import type { Catalogue } from "#kernel";

/** What this skill says in German. */
export const de: Catalogue["de"] = {
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
  noLeaving: {
    sie: "Diese Sendung muss kühl bleiben und darf nicht vor der Tür liegen. Was soll ich stattdessen tun?",
    du: "Diese Sendung muss kühl bleiben und darf nicht vor der Tür liegen. Was soll ich stattdessen tun?",
  },
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
  "expected.there": {
    sie: "Der Kurier ist seit {from} Uhr bei Ihnen an der Tür.",
    du: "Der Kurier ist seit {from} Uhr bei dir an der Tür.",
  },
  "expected.next": {
    sie: "Ihre Lieferung ist die nächste: Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr.",
    du: "Deine Lieferung ist die nächste: Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr.",
  },
  "expected.one": {
    sie: "Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr zu Ihnen; vorher hat er noch einen Halt.",
    du: "Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr zu dir; vorher hat er noch einen Halt.",
  },
  "expected.many": {
    sie: "Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr zu Ihnen; vorher hat er noch {stops} Halte.",
    du: "Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr zu dir; vorher hat er noch {stops} Halte.",
  },
  "expected.late": {
    sie: "Versprochen war {window}, und das schaffen wir voraussichtlich nicht. Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr. Das tut uns leid.",
    du: "Versprochen war {window}, und das schaffen wir voraussichtlich nicht. Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr. Das tut uns leid.",
  },
  "over.done": "Diese Lieferung ist abgeschlossen ({window}), daran lässt sich nichts mehr ändern.",
  "over.failed": {
    sie: "Diese Lieferung konnte nicht übergeben werden ({window}). Das Team kümmert sich darum und meldet sich hier bei Ihnen.",
    du: "Diese Lieferung konnte nicht übergeben werden ({window}). Das Team kümmert sich darum und meldet sich hier bei dir.",
  },
  "over.cancelled": "Diese Lieferung ist abgesagt ({window}), sie kommt nicht mehr.",
  "over.expired": "Dieses Fenster ({window}) war nur gehalten und ist wieder frei. Gebucht ist nichts.",
  tooMany: {
    sie: "Für Sie stehen schon so viele Lieferungen aus, dass ich keine weitere allein buche. Ich gebe Sie an unser Team weiter.",
    du: "Für dich stehen schon so viele Lieferungen aus, dass ich keine weitere allein buche. Ich gebe dich an unser Team weiter.",
  },
  stopped: "In Ordnung.",
  "card.ordered": {
    sie: "Diese Nachricht haben Sie bestellt",
    du: "Diese Nachricht hast du bestellt",
  },
  "card.coming": {
    sie: "In 30 Minuten bei Ihnen",
    du: "In 30 Minuten bei dir",
  },
  "card.again": "Die Zeit hat sich geändert",
  "card.expected": "Voraussichtlich {from} bis {until} Uhr",
  "card.promised": "Versprochen ist {from} bis {until} Uhr",
  "card.code": "Code für die Tür: {code}",
  "card.way": "Weg ansehen",
  "end.not_there": "Um {at} Uhr hat niemand geöffnet.",
  "end.refused": {
    sie: "Sie haben die Lieferung um {at} Uhr nicht angenommen.",
    du: "Du hast die Lieferung um {at} Uhr nicht angenommen.",
  },
  "end.again": "Wann dürfen wir noch einmal kommen?",
  "end.noWindow": {
    sie: "Ein neues Fenster kann ich gerade nicht versprechen. Schreiben Sie „Wann können Sie liefern?“, dann sehe ich neu nach.",
    du: "Ein neues Fenster kann ich gerade nicht versprechen. Schreib „Wann könnt ihr liefern?“, dann sehe ich neu nach.",
  },
  "end.collect": {
    sie: "Sie können die Lieferung bis {day} abholen: {place}.",
    du: "Du kannst die Lieferung bis {day} abholen: {place}.",
  },
  "end.return": "Die Lieferung geht zurück an {sender}.",
  askWell: {
    sie: "Hat mit Ihrer Lieferung alles geklappt?",
    du: "Hat mit deiner Lieferung alles geklappt?",
  },
  optionGood: "Ja",
  optionBad: "Nein",
  "answer.good": "Danke, das freut uns.",
  "answer.bad": "Was ist passiert? Ein Satz genügt, das Team liest ihn.",
  "answer.passedOn": {
    sie: "Danke. Das Team liest es und meldet sich hier bei Ihnen.",
    du: "Danke. Das Team liest es und meldet sich hier bei dir.",
  },
  "answer.known": {
    sie: "Danke, Ihre Antwort ist schon notiert.",
    du: "Danke, deine Antwort ist schon notiert.",
  },
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
  "note.neighbour": "Nachbar: {words}",
  "note.anyNeighbour": "darf bei jedem Nachbarn abgegeben werden",
  "note.leave": "Ablegen: {words}",
  "note.home": "Kunde ist da",
  "note.notHome": "Kunde ist nicht da",
  "note.atDoor": "vor der Tür",
  "note.byTap": "Knopf gedrückt",
  "note.absent": "Kunde schreibt: nicht da ({words})",
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
  "label.from": "Von {sender}",
  "label.reference": "Nr. {reference}",
  "label.parcel": "Paket {parcel}/{parcels}",
  "label.carrier": "Zustellung: {carrier}",
  "label.cold": "KÜHL HALTEN",
  "label.age_check": "ALTER PRÜFEN",
  "label.fragile": "ZERBRECHLICH",
  arrivalWords: {
    sie: "Wenn Sie buchen, schreiben wir Ihnen hier dreißig Minuten vorher, bei Verspätung und nach der Übergabe. Mit „Stopp“ endet das jederzeit.",
    du: "Wenn du buchst, schreiben wir dir hier dreißig Minuten vorher, bei Verspätung und nach der Übergabe. Mit „Stopp“ endet das jederzeit.",
  },
  "evening.coming": {
    sie: "In etwa dreißig Minuten ist der Kurier bei Ihnen: zwischen {from} und {until} Uhr, {address}.",
    du: "In etwa dreißig Minuten ist der Kurier bei dir: zwischen {from} und {until} Uhr, {address}.",
  },
  "evening.again": {
    sie: "Es verschiebt sich: Der Kurier ist nun zwischen {from} und {until} Uhr bei Ihnen, {address}.",
    du: "Es verschiebt sich: Der Kurier ist nun zwischen {from} und {until} Uhr bei dir, {address}.",
  },
  "evening.code": {
    sie: "Nennen Sie ihm bitte den Code {code}.",
    du: "Nenn ihm bitte den Code {code}.",
  },
  "evening.late": {
    sie: "Das versprochene Fenster schaffen wir leider nicht: {window}. Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr. Was ist Ihnen lieber?",
    du: "Das versprochene Fenster schaffen wir leider nicht: {window}. Der Kurier kommt voraussichtlich zwischen {from} und {until} Uhr. Was ist dir lieber?",
  },
  "evening.broken": "Wir haben unser Versprechen nicht gehalten: {window}. Das tut uns leid.",
  "evening.owed": {
    sie: "Dafür schulden wir Ihnen {amount}; das Team veranlasst die Gutschrift.",
    du: "Dafür schulden wir dir {amount}; das Team veranlasst die Gutschrift.",
  },
  "evening.handed_over": "Übergeben um {at} Uhr, {address}. Danke!",
  "evening.neighbour": "Um {at} Uhr beim Nachbarn abgegeben, {address}.",
  "evening.neighbour.to": "Um {at} Uhr beim Nachbarn abgegeben: {words}. {address}",
  "evening.left_there": {
    sie: "Um {at} Uhr bei Ihnen abgestellt, {address}.",
    du: "Um {at} Uhr bei dir abgestellt, {address}.",
  },
  "evening.left_there.to": {
    sie: "Um {at} Uhr bei Ihnen abgestellt: {words}. {address}",
    du: "Um {at} Uhr bei dir abgestellt: {words}. {address}",
  },
  "evening.wrote.courier": {
    sie: "Ihr Kurier schreibt: „{text}“",
    du: "Dein Kurier schreibt: „{text}“",
  },
  "evening.wrote.dispatcher": "{text}",
  "evening.toCourier": {
    sie: "Für Ihre Tour: {text}",
    du: "Für deine Tour: {text}",
  },
  optionHere: "Ich bin da",
  optionWait: "Ich warte",
  optionAbsent: "Nicht da",
  "statement.title": "Abrechnung der Lieferungen {month}",
  "statement.parties": "Geliefert von {carrier} für {sender}",
  "statement.deliveries": "{count} Lieferungen, {parcels} Pakete",
  "statement.first": "{handedOver} übergeben, beim ersten Versuch {share}",
  "statement.amounts": "Preise {prices}, davon der Absender {pays}; Gutschriften {owed}",
  "statement.none": "In diesem Monat wurde nichts ausgeliefert.",
  "statement.column.date": "Tag",
  "statement.column.reference": "Bestellnummer",
  "statement.column.outcome": "Ergebnis",
  "statement.column.price": "Preis",
  "statement.column.pays": "Absender",
  "statement.column.owed": "Gutschrift",
  "statement.attempt": "{outcome}, {attempt}. Versuch",
  "statement.outcome.handed_over": "übergeben",
  "statement.outcome.neighbour": "beim Nachbarn",
  "statement.outcome.left_there": "abgelegt",
  "statement.outcome.not_there": "niemand da",
  "statement.outcome.refused": "nicht angenommen",
  "statement.outcome.not_recorded": "nicht erfasst",
};
