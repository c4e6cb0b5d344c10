import type { Language } from "../../widget/seam.ts";
import type { Days } from "./choice.ts";

/** Sentences of the catalogue. They address nobody, so that Sie and du read the same. */
export interface TopicsWords {
  title(company: string): string;
  lead: string;
  none: string;
  back(company: string): string;
  kind: { service: string; promotion: string };
  choose: string;
  everything: string;
  when: string;
  days: Record<Days, string>;
  from: string;
  to: string;
  openIn(name: string): string;
  scan(name: string): string;
  here: string;
  telegramHint: string;
  sayIt: string;
  drafted: string;
  form: {
    title: string;
    email: string;
    help: string;
    act: string;
    done: string;
    emailFault: string;
    missing(name: string): string;
    failed: string;
    noAnswer: string;
  };
  confirm: {
    title: string;
    text: string;
    act: string;
    done(topic: string): string;
    doneText: string;
    gone: string;
    noAnswer: string;
  };
  link: string;
}

const de: TopicsWords = {
  title: (company) => `Hinweise von ${company}`,
  lead: "Eine Nachricht, wenn es so weit ist, sonst nichts. Abbestellen geht jederzeit mit einem Wort: Stopp.",
  none: "Noch gibt es hier nichts zu bestellen.",
  back: (company) => `Zur Seite von ${company}`,
  kind: { service: "Service", promotion: "Werbung" },
  choose: "auswählen",
  everything: "alles",
  when: "Wann",
  days: { any: "zu jeder Zeit", workdays: "werktags", weekend: "am Wochenende", daily: "jeden Tag" },
  from: "von",
  to: "bis",
  openIn: (name) => `In ${name} bestellen`,
  scan: (name) => `QR-Code: bestellt in ${name}`,
  here: "Hier im Browser bestellen",
  telegramHint: "Was genau, fragt das Gespräch.",
  sayIt: "Oder im Gespräch schreiben:",
  drafted: "Der Link schreibt nur vor. Bestellt ist erst mit dem Ja im Gespräch.",
  form: {
    title: "Per E-Mail bestellen",
    email: "E-Mail-Adresse",
    help: "Es kommt eine E-Mail mit der Frage, ob das stimmt. Ohne Ja kommt nichts weiter.",
    act: "Bestätigung anfordern",
    done: "Die E-Mail ist unterwegs. Bestellt ist erst mit dem Ja darin.",
    emailFault: "Eine Adresse sieht aus wie name@beispiel.de.",
    missing: (name) => `Zuerst wählen: ${name}.`,
    failed: "Das hat der Knoten nicht angenommen. Nichts ist bestellt.",
    noAnswer: "Keine Antwort vom Knoten. Nichts ist bestellt, die Eingaben stehen noch da.",
  },
  confirm: {
    title: "Hinweise per E-Mail bestellen?",
    text: "Mit dem Ja beginnt es. Jede E-Mail trägt einen Link zum Abbestellen.",
    act: "Ja, bestellen",
    done: (topic) => `Bestellt: ${topic}`,
    doneText: "Der Wortlaut der Erlaubnis ist gespeichert. Zurücknehmen geht jederzeit.",
    gone: "Dieser Link gilt nicht mehr. Neu bestellen geht unten.",
    noAnswer: "Keine Antwort vom Knoten. Der Link gilt weiter.",
  },
  link: "Hinweise bestellen",
};

const en: TopicsWords = {
  title: (company) => `Notices from ${company}`,
  lead: "A message when the time has come, nothing else. One word ends it at any time: stop.",
  none: "There is nothing to subscribe to yet.",
  back: (company) => `To the page of ${company}`,
  kind: { service: "Service", promotion: "Advertising" },
  choose: "choose",
  everything: "everything",
  when: "When",
  days: { any: "at any time", workdays: "on workdays", weekend: "at the weekend", daily: "every day" },
  from: "from",
  to: "to",
  openIn: (name) => `Subscribe in ${name}`,
  scan: (name) => `QR code: subscribes in ${name}`,
  here: "Subscribe here in the browser",
  telegramHint: "The conversation asks for the details.",
  sayIt: "Or write in the conversation:",
  drafted: "The link only drafts it. It begins with the yes in the conversation.",
  form: {
    title: "Subscribe by e-mail",
    email: "E-mail address",
    help: "An e-mail comes that asks whether this is right. Without a yes nothing else comes.",
    act: "Ask for confirmation",
    done: "The e-mail is on its way. It begins with the yes in it.",
    emailFault: "An address looks like name@example.com.",
    missing: (name) => `Choose first: ${name}.`,
    failed: "The node did not accept this. Nothing is subscribed.",
    noAnswer: "No answer from the node. Nothing is subscribed, what was entered is still here.",
  },
  confirm: {
    title: "Subscribe to notices by e-mail?",
    text: "It begins with the yes. Every e-mail carries a link to unsubscribe.",
    act: "Yes, subscribe",
    done: (topic) => `Subscribed: ${topic}`,
    doneText: "The words of this consent are stored. It can be withdrawn at any time.",
    gone: "This link is no longer valid. Subscribing again is possible below.",
    noAnswer: "No answer from the node. The link stays valid.",
  },
  link: "Subscribe to notices",
};

export const TOPICS_WORDS: Record<Language, TopicsWords> = { de, en };
