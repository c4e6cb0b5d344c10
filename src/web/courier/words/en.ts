import type { Words } from "../words.ts";
import { enDoor } from "./en-door.ts";

export const en: Words = {
  title: "Round",
  loading: "Loading the round.",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  menu: "More",
  on: "On",
  off: "Off",
  noKey: {
    title: "The link is missing",
    rows: [
      ["What happened", "This page opens with a personal link from the dispatcher."],
      ["What is kept", "Nothing was lost."],
      ["What you can do", "Open the link you were given, or ask for a new one."],
    ],
  },
  ended: (count) => ({
    title: "This link works no more",
    rows: [
      ["What happened", "There is a newer link, or the access was ended."],
      [
        "What is kept",
        count === 0
          ? "Everything that you recorded has arrived."
          : `${count === 1 ? "One entry is" : `${count} entries are`} kept on this phone and ${count === 1 ? "has" : "have"} not arrived yet.`,
      ],
      [
        "What you can do",
        "Ask the dispatcher for a new link and open it on this phone. Then everything is sent.",
      ],
    ],
    retry: "Try again",
  }),
  noPage: {
    title: "The round is not on this phone yet",
    rows: [
      ["What happened", "There is no network just now, or the service does not answer."],
      ["What is kept", "Your access is saved."],
      ["What you can do", "Go where there is a network. The page then loads by itself."],
    ],
    retry: "Try now",
  },
  notLasting: "This browser keeps nothing. Do not close the page while entries are waiting.",
  notKept:
    "The phone could not keep the last entry; nothing was recorded. Make room on the phone and enter it again.",
  net: {
    offline: "no network, kept",
    queued: (count) => `no network, ${count} kept`,
    sending: "sending",
    busy: "service does not answer, kept",
    fresh: (clock) => `as of ${clock}`,
    refused: (count) => (count === 1 ? "1 entry not accepted" : `${count} entries not accepted`),
  },
  why: {
    code: "The code is not right.",
    locked: "Too many wrong codes. The dispatcher records the hand-over.",
    age: "The age check is missing.",
    proof: "The required proof is missing.",
    not_yours: "This belongs to none of your rounds any more.",
    over: "This is finished or taken back already.",
    unknown: "This delivery is not known here.",
    invalid: "The entry was incomplete.",
  },
  refused: {
    title: "Not accepted",
    lead: "This could not be recorded. Settle it with the dispatcher.",
    dismiss: "Noted",
    kinds: {
      accept: "Accept shift",
      decline: "Decline shift",
      scan: "Scan parcel",
      leave: "Set off",
      arrive: "Arrival",
      done: "Hand-over",
      not_there: "Not there",
      refused: "Delivery refused",
      take_back: "Given back",
      undo: "Undo",
      write: "Message",
      delay: "Delay",
      back: "Back at the depot",
      place: "Position",
    },
  },
  shifts: {
    title: "Your shifts",
    lead: (name) => `Hello, ${name}.`,
    none: "You have no shift in the next seven days.",
    states: { planned: "Your turn: accept?", accepted: "accepted", out: "on the way", done: "finished" },
    declined: "declined",
    accept: "Accept shift",
    decline: "Decline",
    declineWhy: "Reason (optional)",
    declineSend: "Decline shift",
    hours: (window) => window,
    ends: (name) => `until depot ${name}`,
    open: "Open round",
    stops: (count) => (count === 1 ? "1 stop" : `${count} stops`),
    law: {
      overlap: (would) => `You have other work at the same time, ${would} of it.`,
      rest: (would, limit) =>
        `Between two working days there are ${limit} of rest (ArbZG section 5). Here it would be ${would}.`,
      daily_hours: (would, limit) =>
        `A working day has at most ${limit} (ArbZG section 3). With the other work it would be ${would}.`,
      average_hours: (would, limit) =>
        `In 24 weeks at most ${limit} are allowed on average (ArbZG section 3). It would be ${would}.`,
      breaks: (would, limit) =>
        `The working day needs ${limit} of breaks (ArbZG section 4). It would be ${would}.`,
    },
    lawAsk: "Talk to the dispatcher before you accept.",
    begins: "You see the addresses on the day of the shift.",
  },
  pickUp: {
    title: "Pick up",
    open: (window) => `open ${window}`,
    all: "Everything is picked up.",
    without: "Go on without",
    tag: (count) => `pick up ${count}`,
  },
  load: {
    title: "Scan parcels",
    counter: (loaded, all) => `${loaded} of ${all}`,
    lead: "Scan each label, or type the end of its number.",
    camera: "Open camera",
    stopCamera: "Close camera",
    noCamera: "This browser reads no codes. Type the end of the number.",
    cameraRefused: "The camera is not allowed. Type the end of the number, or allow it in the settings.",
    label: "End of the number",
    help: "Delivery or order number on the label",
    take: "Enter",
    taken: (name) => `Scanned: ${name}`,
    again: (name) => `Scanned already: ${name}`,
    several: "Several parcels end like this. Type more signs.",
    foreign: "This parcel is not of this round. It stays here.",
    missing: "Missing",
    parcel: (n, of) => `parcel ${n} of ${of}`,
    all: "All parcels are on board.",
    leave: "Set off",
    leaveWithout: (count) => (count === 1 ? "Set off without 1 parcel" : `Set off without ${count} parcels`),
    leaveAsk: (count) =>
      count === 1
        ? "1 parcel is not scanned. Set off all the same?"
        : `${count} parcels are not scanned. Set off all the same?`,
  },
  ...enDoor,
  more: {
    title: "More",
    place: "Share position",
    placeHelp:
      "Only during the round, once a minute at most. The dispatcher sees it; it is deleted after 24 hours. Everything works without it.",
    navigation: "Navigation with",
    navigations: { geo: "the phone's app", google: "Google Maps", apple: "Apple Maps", osm: "OpenStreetMap" },
    language: "Language",
    theme: "Brightness",
    themes: { auto: "as the phone, dark in the evening", light: "light", dark: "dark" },
    toShifts: "All shifts",
    back: "Back at the depot",
    backAsk: (open) =>
      open === 1
        ? "1 stop is still open. It then counts as not brought, and the customer hears of it. End the round?"
        : `${open} stops are still open. They then count as not brought, and the customers hear of it. End the round?`,
    backConfirm: "End the round",
    over: "The shift is finished",
    overLead: "Thank you. You can close the page as soon as everything is sent.",
    goOn: "Go on after all",
  },
};
