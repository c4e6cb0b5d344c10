import { describe, expect, test } from "vitest";
import { readRequest, wantsHuman } from "./requests.ts";

const MEANT: Readonly<Record<string, readonly string[]>> = {
  person: [
    "Ich möchte mit einem Menschen sprechen",
    "Kann ich bitte mit einem Mitarbeiter reden?",
    "ich will einen echten menschen",
    "Mitarbeiter bitte",
    "Mensch!",
    "Gibt es hier auch eine echte Person?",
    "verbinden Sie mich mit einem Mitarbeiter",
    "Bitte mit einer echten Person verbinden",
    "Das hilft mir nicht. Ich brauche einen Mitarbeiter.",
    "Können Sie mich an einen Kollegen weiterleiten?",
    "Ich will nicht mit einem Bot reden",
    "Ich möchte mit jemandem von euch sprechen",
    "Ich möchte mit einem Menschen über meine Rechnung sprechen",
    "Kann ich mit einem Mitarbeiter wegen meiner Lieferung von gestern telefonieren?",
    "Could I talk about my invoice with a person?",
    "mit kundenberater sprechen",
    "Ist da ein echter Mensch?",
    "I want to talk to a human",
    "agent",
    "Can I speak to a real person please?",
    "human please",
    "Connect me to an agent",
    "let me talk to someone from your team",
    "I need a real person",
    "Is there a real person here?",
    "I don't want to talk to a robot",
    "transfer me to a representative",
    "Could I get a human",
    "Kann ich bitte einen Mitarbeiter sprechen?",
    "Kann ich jemanden sprechen?",
    "Darf ich einen Menschen sprechen",
    "Ich will mit jemandem reden, der sich auskennt",
    "Kann mir ein Mensch helfen?",
    "Ich brauche Hilfe von einem Menschen",
    "Ich hätte gern einen Ansprechpartner",
    "Ich will den Chef sprechen",
    "Can I talk to someone?",
    "I want to speak to customer support",
    "Could you connect me with a colleague?",
    "I need human help",
    "Is anyone there?",
  ],
  goodbye: ["Tschüss", "Auf Wiedersehen!", "bye", "Have a nice day"],
  who: ["Bist du ein Bot?", "Sind Sie ein Mensch?", "Wer sind Sie?", "Are you a real person?"],
  callback: [
    "Rufen Sie mich bitte zurück",
    "Bitte um Rückruf",
    "Können Sie mich morgen um 15 Uhr anrufen?",
    "Ich hätte gern einen Rückruf",
    "Ruf mich bitte an: 0171 2345678",
    "Rückruf bitte",
    "Please call me back",
    "Can you call me tomorrow at 3 pm?",
    "I'd like a callback",
    "could someone give me a call",
  ],
  stop: [
    "abbrechen",
    "Stop!",
    "vergiss es",
    "cancel",
    "never mind",
    "bitte abbrechen",
    "von vorne",
    "start over",
  ],
  yes: [
    "ja",
    "Ja, genau",
    "jo",
    "klar",
    "yes please",
    "Yep",
    "ok",
    "stimmt",
    "👍",
    "sure",
    "👍🏽",
    "ja bitte",
  ],
  no: ["nein", "Nee", "nein danke", "no", "nope", "no thanks", "das stimmt nicht", "👎"],
  thanks: [
    "Danke!",
    "vielen Dank",
    "Thank you very much",
    "super, danke",
    "thx",
    "ok danke",
    "Danke für die Hilfe",
  ],
  greeting: [
    "Hallo",
    "Guten Tag!",
    "Moin moin",
    "Hi there",
    "hey",
    "Good morning",
    "Hallo zusammen",
    "Hilfe!",
    "help",
    "👋",
  ],
};

const NOT_MEANT = [
  "Menschen in der Werbung gefallen mir nicht",
  "Wie viele Menschen arbeiten bei Ihnen?",
  "Wie viele Personen passen an den Tisch?",
  "Ihr Mitarbeiter war sehr unfreundlich",
  "Der Mitarbeiter im Laden hat mir gesagt, ich soll schreiben",
  "Für wie viele Personen reicht der Topf?",
  "Ich möchte Mitarbeiter werden",
  "Gibt es Rabatt für Mitarbeiter?",
  "Suchen Sie noch Mitarbeiter?",
  "Ein Topf für vier Personen",
  "Is the agent fee included?",
  "The human body is strange",
  "Your agent was rude to me",
  "How many people work for you?",
  "I need a gift for a person who likes cooking",
  "cleaning agent for pans",
  "ich möchte meine bestellung stornieren",
  "How do I cancel my order?",
  "Wie stoppe ich den Newsletter?",
  "Ja, aber wann kommt das Paket?",
  "Nein, ich habe das blaue bestellt",
  "Hallo, wo ist mein Paket?",
  "Danke, aber wann wird geliefert?",
  "Warum hat mich niemand zurückgerufen?",
  "Bitte rufen Sie mich nicht mehr an",
  "Please do not call me",
  "What do you call this colour?",
  "Kann ich bei Ihnen anrufen?",
  "Wie ist Ihre Telefonnummer?",
  "Unter welcher Nummer kann ich Sie anrufen?",
  "",
  "???",
];

describe("requests that concern the conversation", () => {
  for (const [request, texts] of Object.entries(MEANT)) {
    test.each(texts)(`${request}: %s`, (text) => {
      expect(readRequest(text)).toBe(request);
    });
  }

  test.each(NOT_MEANT)("none: %s", (text) => {
    expect(readRequest(text)).toBeUndefined();
    expect(wantsHuman(text)).toBe(false);
  });

  test("the wish for a person is found behind a question", () => {
    expect(
      wantsHuman(
        "Mein Paket ist weg und das ist schon das zweite Mal. Ich möchte mit einem Menschen sprechen!",
      ),
    ).toBe(true);
  });
});
