import type { Catalogue } from "#kernel";

/** What is said on labels, statements and in mails to owners. */
export const papers: Catalogue["de"] = {
  "label.from": "Von {sender}",
  "label.reference": "Nr. {reference}",
  "label.parcel": "Paket {parcel}/{parcels}",
  "label.carrier": "Zustellung: {carrier}",
  "label.cold": "KÜHL HALTEN",
  "label.age_check": "ALTER PRÜFEN",
  "label.fragile": "ZERBRECHLICH",
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
  "statement.outcome.cancelled": "abgesagt",
  "mail.stopped.subject": "{company}: Ein System wird nicht mehr unterrichtet",
  "mail.stopped.what":
    "Seit {day}, {clock} Uhr, kommt bei {url} nichts mehr an ({fault}). Nach einem Tag ohne Erfolg haben wir aufgehört zu senden.",
  "mail.stopped.kept":
    "Für die Sendungen selbst ändert sich nichts: Sie werden zugestellt, und am Desk stimmt alles.",
  "mail.stopped.do": {
    sie: "Bitte prüfen Sie, ob das System läuft und mit einem Status 2xx antwortet. Danach genügt „Wieder senden“ auf seiner Karte: Von jeder Sendung, die sich seitdem geändert hat, geht der jetzige Stand einmal hinaus.",
    du: "Bitte prüf, ob das System läuft und mit einem Status 2xx antwortet. Danach genügt „Wieder senden“ auf seiner Karte: Von jeder Sendung, die sich seitdem geändert hat, geht der jetzige Stand einmal hinaus.",
  },
};
