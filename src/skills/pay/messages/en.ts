import type { Catalogue } from "#kernel";

export const en: Catalogue["en"] = {
  asked: "Please pay {amount} for “{title}” by {day}.",
  reminder:
    "A reminder: {amount} for “{title}” were due on {day}. If you have paid already, there is nothing to do.",
  payHere: "Pay: {link}",
  transfer: "Or by transfer: {holder}\nIBAN {iban}\nReference {reference}",
  transferOrScan:
    "Or read the code with your banking app, or by transfer: {holder}\nIBAN {iban}\nReference {reference}",
  remindTerms:
    "If you tap “Remind me”, we remind you of this payment at most {most} times, and nothing else. You can take that back at any time.",
  optionRemind: "Remind me",
  optionDispute: "This is not right",
  remindYes: "We will remind you if the payment is still open after the day it is due.",
  remindNothing: "This payment is not open any more. There is nothing to remind you of.",
  "card.asked": "Payment request",
  "card.reminder": "Reminder of a payment",
  "card.due": "Due on {day}",
  "card.reference": "Reference {reference}",
  "card.pay": "View and pay",
  "card.paid": "Paid, thank you",
  "card.paidOn": "Received on {day}",
  "card.receipt": "Receipt {number}",
  "card.openReceipt": "Open the receipt",
  owe: "Still open:",
  oweLine: "{amount} for “{title}”, due on {day}: {link}",
  oweLinePart: "{amount} for “{title}” ({paid} are here already), due on {day}: {link}",
  oweNothing: "There is no open payment for you with us.",
  notYet:
    "Nothing has arrived yet. A transfer takes one banking day, and we see it with the next bank statement. Still open:",
  arrived: "Yes: {amount} for “{title}” have arrived. Thank you.",
  receiptLine: "Receipt {number} for “{title}”: {link}",
  receiptLater: "There is a receipt as soon as the money is here. Still open:",
  paid: "Paid, thank you: {amount} for “{title}” have arrived. Receipt {number}.",
  overpaid: "More arrived than we asked for. You will get the rest back.",
  receiptHere: "Receipt: {link}",
  cancelled: "The payment request for {amount}, “{title}”, is withdrawn. There is nothing to pay.",
  cancelledBecause:
    "The payment request for {amount}, “{title}”, is withdrawn: {reason} There is nothing to pay.",
  disputed: "A person will look at this and come back to you. Until then you need not do anything.",
  staffDispute: "The customer disputes a payment. Please check and answer.",
  staffChargeback:
    "The customer's bank takes {amount} back for “{title}”. It is booked. Please answer at the payment service while there is time.",
  staffInquiry:
    "The customer's bank asks about the payment for “{title}”. Nothing was taken back yet. Please answer at the payment service.",
  staffWrongAmount:
    "For “{title}” the payment service reports another amount than was asked for. Nothing was booked. Please check at the service.",
  "pdf.title": "Receipt {number}",
  "pdf.cancellation": "Cancellation {number}",
  "pdf.cancels": "This document cancels receipt {number}: the payment that it confirmed was taken back.",
  "pdf.taxNumber": "Tax number / VAT id {number}",
  "pdf.paidOn": "Received on {day}",
  "pdf.ways": "Paid by {ways}",
  "pdf.reference": "Reference {reference}",
  "pdf.noInvoice":
    "This receipt confirms that the payment arrived. It is no invoice (section 14 of the German VAT Act).",
  "pdf.way.bank": "transfer",
  "pdf.way.stripe": "Stripe",
  "pdf.way.mollie": "Mollie",
  "pdf.way.hand": "cash or otherwise",
  "refusal.not_camt":
    "This is no CAMT.053 file of version .02 or .08. Nothing was taken. Download “account statement CAMT.053” as XML from your bank; unpack ZIP files first.",
  "refusal.broken_xml":
    "The file is damaged or incomplete. Nothing was taken. Download it from your bank once more.",
  "refusal.document_type":
    "The file holds a document type declaration, which no statement needs. Nothing was taken. Ask your bank for a file without DOCTYPE.",
  "refusal.too_large":
    "The file is larger than 8 MB or holds too many statements. Nothing was taken. Choose a shorter period at your bank.",
  "refusal.too_many_entries":
    "The statement has more than 50,000 entries. It was not taken. Choose a shorter period.",
  "refusal.bad_amount":
    "An entry has no readable amount. The statement was not taken. Download it once more.",
  "refusal.account_missing":
    "The statement names no IBAN or no number. It was not taken. Download it once more.",
  "refusal.balance_missing":
    "Opening or closing balance is missing, so the statement cannot be checked. It was not taken. Download the whole statement, not a list of transactions.",
  "refusal.entry_sum_wrong":
    "The parts of a collective entry do not come to its sum. The statement was not taken. Download it once more.",
  "refusal.wrong_sum":
    "Opening balance and entries do not come to the closing balance. The statement was not taken. Download it once more.",
  "refusal.other_account":
    "The statement belongs to another account than the one in the settings. It was not taken. Check the IBAN.",
  "refusal.other_currency":
    "The statement's account is not held in euro. It was not taken. Take the euro account.",
  "refusal.doubled": "This statement is here already. Nothing was booked twice, and there is nothing to do.",
};
