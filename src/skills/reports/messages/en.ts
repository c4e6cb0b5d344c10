import type { Catalogue } from "#kernel";

/** The same sentences in English, which knows no Sie and du. */
export const en: Catalogue["en"] = {
  askKind: "What would you like to report?",
  askKindAgain: "I could not place that. Tap what it is.",
  askPlace: "{kind}: where is it? Send your location or write the place.",
  askPlaceAgain: "I cannot find the place from that. Send a location or write where it is.",
  askText: "What is going on there? A sentence or a photo is enough.",
  askTextAgain: "I cannot read that. Write a sentence or send a photo.",
  askPhoto: "Do you have a photo of it?",
  askPhotoAgain: "That is not a photo. Send one, or tap “Without a photo”.",
  optionNoPhoto: "Without a photo",
  optionOther: "Something else",
  optionYes: "Yes",
  optionNo: "No",
  cancelled: "Good, the report is discarded. If there is anything else, write here.",
  toPerson: "I am handing you over to our team.",
  taken:
    "Thank you. Your report “{kind}” is recorded. You will read here when somebody looks after it and when it is done.",
  askProgress:
    "In case it takes longer: may we tell you here about your reports later, too? STOP ends that at any time.",
  progressYes: "Good, we will tell you, even if it takes longer.",
  progressNo: "Good, then only as long as this conversation is open.",

  known:
    "That has been reported already: number {number}, {state}. Your report belongs to it now; you will read here, too, how it goes on.",
  state_new: "not accepted yet",
  state_passed: "not accepted yet",
  state_accepted: "somebody is looking after it",
  told_accepted: "Your report {number} “{kind}” is accepted: somebody is looking after it.",
  told_done: "Your report {number} “{kind}” is done. Thank you for telling us.",
  told_rejected: "Your report {number} “{kind}” is closed without anything having been done.",

  joinAsk:
    "Field team “{team}”: new reports from customers come into this conversation until somebody writes STOP here. Do you agree?",
  joined: "This conversation now belongs to the field team “{team}”.",
  joinRefused: "Good, then no reports arrive here.",
  joinUsed: "This code is no longer valid. Ask for a new one.",
  noticeText: "{kind}: {place}.",
  noticeTextNoPlace: "{kind}.",
  teamReport: "Report {number}: {kind}",
  teamPlace: "Place: {place}",
  teamPoint: "Map: {link}",
  teamRemoved:
    "Report {number}: its content is deleted, because its time is over or because somebody asked for it.",
  teamOptionAccepted: "Accepted",
  teamOptionDone: "Done",
  teamOptionNoPhoto: "Without a photo",
  teamAccepted: "Report {number} is accepted. Those who reported it will know.",
  teamDone:
    "Report {number} is done. Will you send a photo of the result? Those who reported it will know in {minutes} minutes at the latest.",
  teamDoneNow: "Report {number} is done. Those who reported it will know.",
  teamPhoto: "The photo belongs to report {number} now.",
  teamAlready: "Report {number} is {state} already.",
  teamState_accepted: "accepted",
  teamState_done: "done",
  teamState_rejected: "closed",
  teamUnknown: "This team has no open report {number}.",
  teamNone: "No report is open.",
  teamWhich: "Which report?",
  teamList: "Open reports:",
};
