import type { Catalogue } from "#kernel";

/** What is said on labels, statements and in mails to owners. */
export const papers: Catalogue["en"] = {
  "label.from": "From {sender}",
  "label.reference": "No. {reference}",
  "label.parcel": "Parcel {parcel}/{parcels}",
  "label.carrier": "Delivery: {carrier}",
  "label.cold": "KEEP COLD",
  "label.age_check": "CHECK AGE",
  "label.fragile": "FRAGILE",
  "statement.title": "Statement of deliveries {month}",
  "statement.parties": "Delivered by {carrier} for {sender}",
  "statement.deliveries": "{count} deliveries, {parcels} parcels",
  "statement.first": "{handedOver} handed over, {share} at the first attempt",
  "statement.amounts": "Prices {prices}, of them the sender {pays}; credits {owed}",
  "statement.none": "Nothing was delivered in this month.",
  "statement.column.date": "Day",
  "statement.column.reference": "Order number",
  "statement.column.outcome": "Outcome",
  "statement.column.price": "Price",
  "statement.column.pays": "Sender",
  "statement.column.owed": "Credit",
  "statement.attempt": "{outcome}, attempt {attempt}",
  "statement.outcome.handed_over": "handed over",
  "statement.outcome.neighbour": "with a neighbour",
  "statement.outcome.left_there": "left there",
  "statement.outcome.not_there": "nobody there",
  "statement.outcome.refused": "refused",
  "statement.outcome.not_recorded": "not recorded",
  "statement.outcome.cancelled": "called off",
  "mail.stopped.subject": "{company}: a system is told no more",
  "mail.stopped.what":
    "Since {day}, {clock}, nothing arrives at {url} any more ({fault}). After a day without success we stopped sending.",
  "mail.stopped.kept":
    "Nothing changes for the parcels themselves: they are delivered, and the desk is right.",
  "mail.stopped.do":
    "Please check that the system runs and answers with a status of 2xx. Then “Send again” on its card is enough: of every parcel that changed meanwhile its present state goes out once.",
};
