import type { Catalogue } from "#kernel";

/** What is said of a promise: asked for, held, booked, moved, taken back; and what colleagues read of it. */
export const talk: Catalogue["en"] = {
  free: "no extra charge",
  askAddress: "With pleasure. Where shall we deliver to? Please write street, house number and postcode.",
  askNewAddress: "Where shall we deliver to instead? Please write street, house number and postcode.",
  againAddress:
    "I did not find an address in that. Write it like this, for example: Lange Reihe 12, 20099 Hamburg.",
  "ask.street": "And in which street?",
  "ask.number": "{address}: which house number?",
  "ask.postcode": "{address}: which postcode?",
  choosePlace: "Which address do you mean?",
  confirmPlace: "Do you mean {address}?",
  placeNotFound:
    "I cannot find “{address}” in our area. Please check street, house number and postcode, and write them once more.",
  orPin: "Or send your location.",
  askDoor: "Thank you for the location. Which street and house number are at the door?",
  placeToPerson:
    "I cannot look that up for {address} myself just now. The team will answer you here; the address is noted.",
  toPerson: "I am passing you on to our team. What you wrote is noted.",
  offer: "This is what I can promise for certain to {address}. What suits you?",
  offerLater: "After that, this is what I can promise for certain to {address}:",
  offerFitting: "This fits, and is certain for {address}:",
  offerInstead: "I cannot promise anything to {address} then. This would be certain:",
  offerGone: "{window} has been taken meanwhile. This is what I can promise to {address} now:",
  offerMove: "Your delivery is promised: {window}, {address}. Where shall I move it to?",
  offerUnplanned: "No day that far ahead is planned yet. So far this is certain for {address}:",
  offerTaken: "After that nothing is free any more on the planned days. This is certain for {address}:",
  noMore: "Further days are not planned yet. Until then this is certain for {address}:",
  againWindow:
    "I did not understand that. Please choose a window, or write for example “tomorrow evening” or “the second one”.",
  "refused.outside":
    "{address} is outside the area that we deliver to, by about {distance} km. Is there another address?",
  "refused.no_round":
    "No round to {address} is planned for the coming days, the next one is on {day}. I am passing you on to our team.",
  "refused.no_round_yet": "No round to {address} is planned yet. I am passing you on to our team.",
  "refused.full":
    "Until {day} no window is certain any more for {address}. I promise nothing that we cannot keep, and pass you on to our team.",
  "refused.other": "I cannot plan this delivery by myself. I am passing you on to our team.",
  held: "Held for you until {until}: {window}, {price}, {address}. Shall I book it?",
  againHeld: "Shall I book it? A yes is enough. Held for you: {window}.",
  booked: "Promised: {window}, {price}, {address}. There is nothing else for you to do.",
  moved: "Moved: {window}, {price}, {address}. The old window is free again.",
  released: "All right, I have booked nothing.",
  holdOver: "I am no longer holding the window {window}. Shall I look again?",
  askCancel: "Shall I really cancel the delivery? {window}, {address}.",
  tapToCancel: "So that nothing is cancelled by mistake: please tap “{option}”, or write exactly that.",
  cancelled: "The delivery is cancelled: {window}, {address}. It costs nothing.",
  kept: "It stays as it is: {window}, {address}.",
  tooLate:
    "That is no longer possible: the courier is on the way to you already. The team sees your message.",
  askNeighbour: "With whom may the courier leave it? Write the name at the door bell, or “anyone”.",
  noted: "Noted for the courier: “{words}”. It stays at {window}.",
  notedLeave:
    "Noted for the courier: “{words}”. Once it lies there, it counts as handed over. It stays at {window}.",
  noNeighbour:
    "This parcel may only be handed to you in person, because the age is checked. If the evening does not suit you, tell me what to do.",
  noLeaving: "This parcel has to stay cool and must not lie at the door. What shall I do instead?",
  noLeavingProof:
    "Somebody has to confirm this parcel at the door, so it must not lie there. What shall I do instead?",
  absent: "Thank you for telling us. Promised is: {window}, {address}. What shall I do?",
  here: "Thank you, see you in a moment.",
  absentNear:
    "Thank you for telling us; it is noted for the courier, who is on the way already, so it cannot be moved any more. May it be left with a neighbour?",
  absentNearAgeChecked:
    "Thank you for telling us; it is noted for the courier, who is on the way already, so it cannot be moved any more. As the age is checked, it is handed to nobody but you.",
  absentBegun:
    "Thank you for telling us; it is noted for the courier. The delivery is on the road already: {window}, {address}. What shall become of it?",
  another:
    "It is noted for the courier that you are not in. As the delivery is on the road already, the team will find another evening and answer you here.",
  which: "Which delivery is it about?",
  "status.held": "Not booked yet, only held until {until}: {window}, {address}.",
  "status.booked": "Your delivery is promised: {window}, {address}. That stands.",
  "status.loaded": "Your delivery is with the courier. Promised is: {window}, {address}.",
  "status.under_way": "Your delivery is on its way. Promised is: {window}, {address}.",
  "status.late":
    "{window} was promised, and the delivery is not reported as handed over. We are sorry. The team is looking into it now and will answer here.",
  nothingPromised: "This delivery is not open any more. If you would like a new window, I will gladly look.",
  tooMany:
    "So many deliveries to you are still to come that I do not book another one by myself. I am passing you on to our team.",
  stopped: "All right.",
  optionMore: "More days",
  optionAddress: "Another address",
  optionBook: "Yes, book it",
  optionOther: "Another window",
  optionNo: "No",
  optionChange: "Move it",
  optionNeighbour: "To a neighbour",
  optionCancel: "Cancel",
  optionReallyCancel: "Yes, cancel it",
  optionKeep: "Do not cancel",
  optionLook: "Look again",
  optionNew: "Another delivery",
  optionYesPlace: "Yes, there",
  optionAnother: "Another evening",
  "team.place": "Delivery wanted: {question} Address without a place on the map: {address}",
  "team.asks": "Delivery wanted: {question}",
  "team.refused": "Delivery wanted: {question} No window for {address} ({reason})",
  "team.tooLate": "The courier is on the way, the customer still wants a change: {window}, {address}",
  "team.bad": "Not content after the delivery: {words} ({window}, {address})",
  "team.badUnsaid": "Not content after the delivery, without words: please ask ({window}, {address})",
  "team.another":
    "On the road already, the customer is not in and wants another evening: {window}, {address}",
  "team.failed": "The customer asks about a delivery that was not handed over: {window}, {address}",
  "team.tooMany": "Another delivery wanted, many are still to come: {question}",
  "team.late": "Overdue delivery: {window}, {address}",
  "reason.outside": "outside",
  "reason.too_much": "too much for one courier",
  "reason.not_carried": "no courier carries that",
  "reason.no_round": "no round planned",
  "reason.full": "full",
  "takeBack.ask": "With pleasure. What shall the courier take along?",
  "takeBack.ask.rule": "With pleasure. The courier can take along: {words}. What is it?",
  "takeBack.noted": "Noted: the courier takes “{words}” along. It stays at {window}.",
  "takeBack.dropped": "All right, the courier takes nothing along. It stays at {window}.",
  "takeBack.not":
    "The courier can take nothing along with this delivery. If you would like to give something back, the team helps you here.",
  "takeBack.late":
    "The courier is too near for that already and can plan nothing more. Give it along with the next delivery, or write to the team here.",
  optionNoTakeBack: "Not after all",
  "card.booked": "Promised: {window}",
  "card.change": "To move or cancel it, write here until the courier is near.",
  "card.owed": "If we miss the window, we credit you {amount}. You need not ask.",
  "card.nothingToDo": "There is nothing more for you to do.",
};
