import type { Entry } from "../../text/catalogue.ts";

/** Was Münze und Kasse beide sagen: warum etwas nicht geht, und Beträge. */
export const coinRefused = {
  "coin.amountUnread": "Das ist kein Betrag. Zum Beispiel 10,90.",
  "coin.refused": "Das geht so nicht. Es bleibt, wie es war.",
  "coin.refused.no_coin": "Dieses Unternehmen gibt keine Münze aus.",
  "coin.refused.not_enough": "So viel hat das Konto nicht. Es ist nichts eingelöst.",
  "coin.refused.begun": "Die Münze hat schon begonnen. Das ändern jetzt nur die Räte.",
  "coin.refused.not_begun": "Die Münze hat noch nicht begonnen.",
  "coin.refused.no_licence":
    "Dafür braucht der Knoten die Erklärung eines zugelassenen Instituts in seinen Einstellungen.",
  "coin.refused.too_few": "Der Rat hat noch nicht genug Mitglieder.",
  "coin.refused.too_many": "Der Rat hat schon acht Mitglieder.",
  "coin.refused.not_yours": "Dieser Platz gehört jemand anderem.",
  "coin.refused.bad_signature": "Die Unterschrift passt nicht zum Antrag. Es ist nichts gezählt.",
  "coin.refused.closed": "Der Antrag ist nicht mehr offen.",
  "coin.refused.being_paid": "Das wird gerade bezahlt. Sehen Sie in ein paar Sekunden noch einmal nach.",
  "coin.refused.not_this_request":
    "Dieser Code gehört zu einer anderen Zahlung. Für diese hier ist nichts gebucht.",
  "coin.refused.many_opened":
    "Mit dieser Einladung können mehrere ein Konto eröffnen. Hier gilt dann nur das Konto selbst.",
  "coin.refused.not_opened": "Mit dieser Einladung ist noch kein Konto eröffnet.",
  "coin.refused.used_up": "Diese Einladung ist benutzt oder abgelaufen.",
  "coin.refused.too_much": "So viel hat die Ausgabestelle nicht. Es ist nichts verkauft.",
  "coin.refused.no_iban": "Es fehlt die IBAN des Rücklagenkontos.",
  "coin.refused.nothing_waits": "Keine Auszahlung wartet.",
  "coin.refused.beginning": "Die Münze wird gerade begonnen; die Räte stehen fest.",
  "coin.refused.play": "Für Spielgeld schuldet niemand Euro.",
  "coin.refused.unknown_account": "Dieses Konto gibt es bei dieser Münze nicht.",
  "coin.refused.not_seated": "Wer neu ist, braucht erst einen Platz im Hauptbuch.",
  "coin.refused.field.iban": "Diese IBAN stimmt nicht: Länge oder Prüfziffern passen nicht.",
  "coin.refused.field.redeemIban": "Diese IBAN stimmt nicht: Länge oder Prüfziffern passen nicht.",
  "coin.refused.field.account": "Das ist kein Konto. Es hat 32 Zeichen aus 0 bis 9 und a bis f.",
  "coin.refused.field.to": "Das ist kein Konto. Es hat 32 Zeichen aus 0 bis 9 und a bis f.",
  "coin.refused.field.invitation": "Das ist kein Einladungscode. Er beginnt mit einer Zahl und einem Punkt.",
  "coin.refused.field.symbol": "Das Kürzel hat zwei bis sechs Buchstaben.",
} as const satisfies Record<string, Entry>;
