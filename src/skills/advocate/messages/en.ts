import type { Catalogue } from "#kernel";

/** See de.ts. */
export const en: Catalogue["en"] = {
  menu: "What may we warn you of? We only write when it concerns something you have. By choosing you agree that {company} sends you such warnings here. STOP ends it at any time.",
  granted: "Good. {promise} STOP ends everything, WARNINGS shows the choice again.",
  withdrawn: "Good. You get no more of these warnings. WARNINGS shows the choice again.",

  option_all: "All warnings",
  option_contract_end: "Contract ends",
  option_tariff: "Cheaper tariff",
  option_loan_due: "Loan due",
  option_warranty_end: "Warranty ends",
  option_price_drop: "Price drop",
  option_recall: "Recall",
  option_appointment: "Appointment",
  option_duplicate_purchase: "Bought twice",

  promise_all: "We warn you of all of these.",
  promise_contract_end: "We warn you 30, 7 and 1 working day before the last day to cancel a contract.",
  promise_tariff: "We tell you when another tariff of ours suits your use better.",
  promise_loan_due: "We remind you before a loan is due.",
  promise_warranty_end: "We remind you before a warranty ends.",
  promise_price_drop: "We tell you when something gets cheaper that you can still return.",
  promise_recall: "We warn you when something you bought is recalled.",
  promise_appointment: "We remind you on the day before an appointment.",
  promise_duplicate_purchase: "We ask before you order something you already have.",

  warn_contract_end:
    "{title}: the contract renews on {renewsOn} for {months} months. Until {lastDay} you can cancel it to {endsOn}.",
  warn_contract_end_open:
    "{title}: from {renewsOn} the contract goes on without an end. Until {lastDay} you can cancel it to {endsOn}, afterwards at any time with notice.",
  warn_tariff:
    "{title}: with the tariff {tariff} you would have paid {savingCents} less last year ({thenCents} instead of {nowCents} for {amount} {unit}).",
  warn_loan_due: "{title}: the loan ends on {lastDay}. Please bring it back by then.",
  warn_warranty_end: "{title}: the warranty ends on {lastDay}. If something is wrong, report it by then.",
  warn_price_drop: "{title} now costs {nowCents}. You paid {paidCents}. You can return it until {lastDay}.",
  warn_recall: "Recall: {title}, which you bought on {boughtOn}. {text}",
  warn_appointment: "{title}: your appointment is on {lastDay} at {time}. {place}",
  ask_duplicate_purchase: "You bought {title} on {boughtOn}. Do you really want to order it again?",

  why_contract_end:
    "You asked to be warned before the last day to cancel. The day follows from start, term and notice period of the contract (BGB sections 187, 188, 309 no. 9).",
  why_tariff: "You asked to hear of cheaper tariffs. Reckoned with your use of the last twelve full months.",
  why_loan_due: "You asked to be reminded before a loan is due.",
  why_warranty_end: "You asked to be reminded before a warranty ends.",
  why_price_drop: "You asked to hear of price drops as long as you can return.",
  why_recall: "You asked to be warned of recalls of things you bought.",
  why_appointment: "You asked to be reminded on the day before an appointment.",
  why_duplicate_purchase: "You asked to be asked before you buy something again.",

  optionCancel: "Cancel it",
  optionKeep: "Keep it",
  optionWhy: "Why?",
  optionStop: "No more of these",
  optionSure: "Yes, cancel",
  optionNo: "No, keep it",
  cancelAsk: "Cancel the contract to {endsOn}? The last day for it is {lastDay}.",
  cancelTooLate: "The last day for that date was {lastDay}. A person tells you when it can end next.",
  cancelTaken:
    "Your cancellation to {endsOn} has arrived: {arrivedOn}, {time}. A person from our team confirms it here.",
  cancelSummary:
    "Cancellation to {endsOn}, arrived {arrivedOn}, {time}. Please confirm it under cancellations.",
  cancelText:
    "I hereby cancel the contract {reference} ({title}) to {endsOn}. Arrived on {arrivedOn}, {time}.",
  kept: "Good, the contract goes on.",
};
