import type { Catalogue } from "#kernel";

/** What is said on the evening of a delivery and after it. */
export const evening: Catalogue["de"] = {
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
  "end.not_recorded": "Unser Kurier ist nicht gekommen.",
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
  "note.neighbour": "Nachbar: {words}",
  "note.anyNeighbour": "darf bei jedem Nachbarn abgegeben werden",
  "note.leave": "Ablegen: {words}",
  "note.home": "Kunde ist da",
  "note.notHome": "Kunde ist nicht da",
  "note.atDoor": "vor der Tür",
  "note.byTap": "Knopf gedrückt",
  "note.absent": "Kunde schreibt: nicht da ({words})",
  "note.putOff": "{address}: kommt an einem anderen Abend. Das Paket bitte wieder mitbringen.",
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
  "note.takeBack": "Mitnehmen: {words}",
  "evening.takenAlong": "Mitgenommen: {what}.",
  "evening.notTaken": "Nicht mitgenommen: {what}.",
  "evening.notTaken.why": "Nicht mitgenommen: {what} ({why}).",
};
