import type { Catalogue } from "#kernel";

export const de: Catalogue["de"] = {
  asked: {
    sie: "Bitte zahlen Sie {amount} für „{title}“ bis zum {day}.",
    du: "Bitte zahle {amount} für „{title}“ bis zum {day}.",
  },
  reminder: {
    sie: "Zur Erinnerung: {amount} für „{title}“ waren am {day} fällig. Falls Sie schon gezahlt haben, ist nichts zu tun.",
    du: "Zur Erinnerung: {amount} für „{title}“ waren am {day} fällig. Falls du schon gezahlt hast, ist nichts zu tun.",
  },
  payHere: "Zahlen: {link}",
  transfer: "Oder überweisen: {holder}\nIBAN {iban}\nVerwendungszweck {reference}",
  transferOrScan:
    "Oder den Code mit der Banking-App lesen, oder überweisen: {holder}\nIBAN {iban}\nVerwendungszweck {reference}",
  remindTerms: {
    sie: "Wenn Sie „Erinnern“ antippen, erinnern wir Sie an diese Zahlung höchstens {most}-mal, sonst nichts. Das können Sie jederzeit zurücknehmen.",
    du: "Wenn du „Erinnern“ antippst, erinnern wir dich an diese Zahlung höchstens {most}-mal, sonst nichts. Das kannst du jederzeit zurücknehmen.",
  },
  optionRemind: "Erinnern",
  optionDispute: "Das stimmt nicht",
  remindYes: {
    sie: "Wir erinnern Sie, falls die Zahlung nach dem Fälligkeitstag noch offen ist.",
    du: "Wir erinnern dich, falls die Zahlung nach dem Fälligkeitstag noch offen ist.",
  },
  remindNothing: "Diese Zahlung ist nicht mehr offen. Es gibt nichts zu erinnern.",
  "card.asked": "Zahlungsanfrage",
  "card.reminder": "Erinnerung an eine Zahlung",
  "card.due": "Fällig am {day}",
  "card.reference": "Verwendungszweck {reference}",
  "card.pay": "Ansehen und zahlen",
  "card.paid": "Bezahlt, danke",
  "card.paidOn": "Eingegangen am {day}",
  "card.receipt": "Beleg {number}",
  "card.openReceipt": "Beleg öffnen",
  owe: "Offen ist noch:",
  oweLine: "{amount} für „{title}“, fällig am {day}: {link}",
  oweLinePart: "{amount} für „{title}“ ({paid} sind schon da), fällig am {day}: {link}",
  oweNothing: {
    sie: "Für Sie ist bei uns keine Zahlung offen.",
    du: "Für dich ist bei uns keine Zahlung offen.",
  },
  notYet:
    "Bei uns ist noch nichts angekommen. Eine Überweisung braucht einen Bankarbeitstag, und wir sehen sie mit dem nächsten Kontoauszug. Offen ist noch:",
  arrived: "Ja: {amount} für „{title}“ sind da. Danke.",
  receiptLine: "Beleg {number} für „{title}“: {link}",
  receiptLater: "Den Beleg gibt es, sobald das Geld da ist. Offen ist noch:",
  paid: "Bezahlt, danke: {amount} für „{title}“ sind da. Beleg {number}.",
  overpaid: {
    sie: "Es kam mehr an, als wir wollten. Das Übrige bekommen Sie zurück.",
    du: "Es kam mehr an, als wir wollten. Das Übrige bekommst du zurück.",
  },
  receiptHere: "Beleg: {link}",
  cancelled: "Die Zahlungsanfrage über {amount} für „{title}“ ist zurückgenommen. Es ist nichts zu zahlen.",
  cancelledBecause:
    "Die Zahlungsanfrage über {amount} für „{title}“ ist zurückgenommen: {reason} Es ist nichts zu zahlen.",
  disputed: {
    sie: "Das sieht sich ein Mensch an und meldet sich bei Ihnen. Bis dahin müssen Sie nichts tun.",
    du: "Das sieht sich ein Mensch an und meldet sich bei dir. Bis dahin musst du nichts tun.",
  },
  staffDispute: "Der Kunde bestreitet eine Zahlung. Bitte prüfen und antworten.",
  staffChargeback:
    "Die Bank des Kunden holt {amount} für „{title}“ zurück. Es ist gebucht. Bitte beim Zahlungsdienst Stellung nehmen, solange die Frist läuft.",
  staffInquiry:
    "Die Bank des Kunden fragt nach der Zahlung für „{title}“. Es ist noch nichts zurückgeholt. Bitte beim Zahlungsdienst antworten.",
  staffWrongAmount:
    "Für „{title}“ meldet der Zahlungsdienst einen anderen Betrag, als verlangt war. Es wurde nichts gebucht. Bitte beim Dienst prüfen.",
  "pdf.title": "Beleg {number}",
  "pdf.cancellation": "Stornobeleg {number}",
  "pdf.cancels":
    "Dieser Beleg hebt den Beleg {number} auf: Die Zahlung, die er bestätigt, wurde zurückgenommen.",
  "pdf.taxNumber": "Steuernummer / USt-IdNr. {number}",
  "pdf.paidOn": "Erhalten am {day}",
  "pdf.ways": "Gezahlt: {ways}",
  "pdf.reference": "Verwendungszweck {reference}",
  "pdf.noInvoice":
    "Dieser Beleg bestätigt den Eingang der Zahlung. Er ist keine Rechnung im Sinne des § 14 UStG.",
  "pdf.way.bank": "Überweisung",
  "pdf.way.stripe": "Stripe",
  "pdf.way.mollie": "Mollie",
  "pdf.way.hand": "bar oder anders",
  "refusal.not_camt":
    "Das ist keine CAMT.053-Datei der Fassungen .02 oder .08. Es wurde nichts übernommen. Laden Sie bei der Bank „Kontoauszug CAMT.053“ als XML herunter; ZIP-Dateien vorher entpacken.",
  "refusal.broken_xml":
    "Die Datei ist beschädigt oder unvollständig. Es wurde nichts übernommen. Laden Sie sie bei der Bank noch einmal herunter.",
  "refusal.document_type":
    "Die Datei enthält eine Dokumenttyp-Erklärung, die kein Kontoauszug braucht. Es wurde nichts übernommen. Fragen Sie Ihre Bank nach einer Datei ohne DOCTYPE.",
  "refusal.too_large":
    "Die Datei ist größer als 8 MB oder enthält zu viele Auszüge. Es wurde nichts übernommen. Wählen Sie bei der Bank einen kürzeren Zeitraum.",
  "refusal.too_many_entries":
    "Der Auszug hat mehr als 50.000 Buchungen. Er wurde nicht übernommen. Wählen Sie einen kürzeren Zeitraum.",
  "refusal.bad_amount":
    "Eine Buchung hat keinen lesbaren Betrag. Der Auszug wurde nicht übernommen. Laden Sie ihn noch einmal herunter.",
  "refusal.account_missing":
    "Der Auszug nennt keine IBAN oder keine Nummer. Er wurde nicht übernommen. Laden Sie ihn noch einmal herunter.",
  "refusal.balance_missing":
    "Anfangs- oder Endsaldo fehlt, darum lässt sich der Auszug nicht prüfen. Er wurde nicht übernommen. Laden Sie den ganzen Auszug herunter, keine Umsatzliste.",
  "refusal.entry_sum_wrong":
    "Die Teile einer Sammelbuchung ergeben nicht ihre Summe. Der Auszug wurde nicht übernommen. Laden Sie ihn noch einmal herunter.",
  "refusal.wrong_sum":
    "Anfangssaldo und Buchungen ergeben nicht den Endsaldo. Der Auszug wurde nicht übernommen. Laden Sie ihn noch einmal herunter.",
  "refusal.other_account":
    "Der Auszug gehört zu einem anderen Konto als dem in den Einstellungen. Er wurde nicht übernommen. Prüfen Sie die IBAN.",
  "refusal.other_currency":
    "Das Konto des Auszugs wird nicht in Euro geführt. Er wurde nicht übernommen. Nehmen Sie das Euro-Konto.",
  "refusal.doubled": "Dieser Auszug ist schon da. Es wurde nichts doppelt gebucht, und es ist nichts zu tun.",
};
