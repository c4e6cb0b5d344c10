import type { Words } from "../words.ts";

const happened = "What happened";
const kept = "What is kept";
const todo = "What you can do";

export const en: Words = {
  title: "Your delivery",
  skip: "To the content",
  otherLanguage: "Deutsch",
  loading: "The delivery is being loaded.",
  imprint: "Imprint",
  privacy: "Privacy",
  runsOn: "Runs on Augenhöhe",
  from: (sender) => `Delivery from ${sender}`,
  attempt: (count) => `Attempt ${count}`,
  hours: (from, until) => `${from} to ${until}`,
  today: "Today",
  expected: "Expected",
  promised: "Promised",
  promisedIs: (hours) => `Promised is ${hours}`,
  told: "You get a message 30 minutes before.",
  stops: (count) =>
    count === 0 ? "You are the next stop" : `${count} ${count === 1 ? "stop" : "stops"} before you`,
  asOf: (clock) => `As of ${clock}`,
  offline: (clock) => `No connection. You see how it stood at ${clock}.`,
  map: (stops) => `Map: the courier's way to the door. ${stops}.`,
  late: {
    title: (until) => `We will not make it by ${until}.`,
    expected: (hours) => `Now expected ${hours}.`,
    over: "When the courier comes is not known right now. The team sees it.",
    owed: (money) => `You are credited ${money}, without asking.`,
  },
  owedRule: (money) => `If we come late, you are credited ${money}, without asking.`,
  code: {
    title: "Your code for the door",
    text: "Tell it to the courier once you hold the delivery in your hands.",
    label: (code) => `Code ${code}`,
  },
  ageCheck: "The age is checked. Have an identity card at hand; it is handed to nobody but you.",
  choose: {
    title: "Are you at home?",
    names: { home: "I am in", neighbour: "To a neighbour", leave: "At the door", not_home: "Not in" },
    chosen: {
      home: "Noted: you are in.",
      neighbour: "Noted: to a neighbour.",
      leave: "Noted: leave it.",
      not_home: "Noted: you are not in.",
    },
    neighbour: {
      label: "With whom may the courier leave it?",
      help: "The name at the door bell, or “anyone”",
      send: "Note the neighbour",
    },
    leave: {
      label: "Where may the courier put it?",
      help: "For example: at the flat's door, in the garage",
      send: "Note the place",
    },
    cancel: "Cancel",
    noted: "The courier sees it at the door.",
    moveInConversation: "You choose another window in the conversation, as long as the courier is not near.",
  },
  takeBack: {
    title: "Give something back?",
    label: "What shall the courier take along?",
    help: (rule) => (rule === "" ? "In a few words, for example: a box with two books" : `Possible: ${rule}`),
    send: "Have it taken along",
    drop: "Not after all",
    state: {
      asked: (what) => `Noted: the courier takes “${what}” along.`,
      taken: (what) => `Taken along: ${what}.`,
      not_taken: (what, why) => `Not taken along: ${what}${why === "" ? "" : ` (${why})`}.`,
      at_depot: (what) => `Taken along: ${what}. It is at the depot.`,
      returned: (what) => `Back with its sender: ${what}.`,
    },
  },
  details: { title: "The delivery", address: "Address", reference: "Number", note: "Note at the door" },
  conversation: "To the conversation",
  done: {
    title: { handed_over: "Handed over", neighbour: "Left with a neighbour", left_there: "Left there" },
    at: (day, clock) => (day ? `${day}, ${clock}` : `Today, ${clock}`),
    to: {
      handed_over: (words) => `To ${words}`,
      neighbour: (words) => `With ${words}`,
      left_there: (words) => `There: ${words}`,
    },
    owed: (money) => `We came late. You are credited ${money}.`,
    unknown: "We do not know whether it arrived",
    unknownText:
      "The evening is over, and what became of your delivery was not recorded. Is it there? Tell us below or in the conversation.",
  },
  failed: {
    title: {
      not_there: "Nobody opened",
      refused: "You did not accept it",
      not_recorded: "We did not come. We are sorry.",
    },
    at: (day, clock) => (day ? `Tried: ${day}, ${clock}` : `Tried: today, ${clock}`),
    next: {
      another_window: "We come again.",
      collect: "You can collect the delivery.",
      return: "The delivery goes back.",
    },
    collect: (name, day) => `${name}, until ${day}`,
    people: "The team looks into it and answers in the conversation.",
    choose: "When may we come?",
    free: "no extra charge",
    none: "No window is certain right now. Ask in the conversation.",
    unanswered: "Nobody answered, so we do not know which windows are free.",
    look: "Look again",
    gone: "This window was taken meanwhile. Please choose another.",
  },
  over: {
    cancelled: { title: "This delivery is cancelled", text: "You choose a new window in the conversation." },
    expired: { title: "This window was not booked", text: "You choose a new window in the conversation." },
    held: { title: "Not booked yet", text: "The window is only held. Book it in the conversation." },
  },
  question: {
    title: "Did everything go well with your delivery?",
    yes: "Yes",
    no: "No",
    label: "What happened? One sentence is enough.",
    send: "Tell the team",
    thanks: "Thank you, we are glad.",
    passedOn: "Thank you. The team reads it and answers in the conversation.",
  },
  ended: {
    title: "This link has ended",
    rows: [
      [happened, "The page of a delivery opens until a day after its end."],
      [kept, "Everything that was agreed and noted."],
      [todo, "Ask for your delivery in the conversation. It says what became of it."],
    ],
  },
  noKey: {
    title: "The link of a message leads here",
    rows: [
      [happened, "This page was opened without the key that stands in the link."],
      [kept, "Everything. Nobody has seen anything."],
      [todo, "Open the whole link from the message."],
    ],
  },
  unreachable: {
    title: "No connection",
    rows: [
      [happened, "The node did not answer, or the net is away."],
      [kept, "Everything. What is promised stays promised."],
      [todo, "Try again as soon as the net is there."],
    ],
    retry: "Try again",
  },
  failures: {
    offline: "That did not arrive: no connection. Please try again.",
    busy: "That did not arrive: the node has too much to do right now. Please try again in a moment.",
    gone: "That was taken meanwhile.",
    refused: "That is no longer possible. The page now shows what is.",
  },
};
