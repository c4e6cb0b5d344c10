import { describe, expect, test } from "vitest";
import { readCallWish } from "./call-wishes.ts";

describe("what somebody who waits for a call writes about it", () => {
  test.each([
    "Bitte nicht mehr anrufen, hat sich erledigt",
    "Den Rückruf bitte absagen",
    "Ich brauche keinen Rückruf mehr",
    "Der Rückruf ist nicht mehr nötig",
    "Rufen Sie mich doch nicht an",
    "Sie müssen mich nicht mehr anrufen",
    "Please don't call me any more",
    "Cancel the call please",
    "No need to call",
  ])("%s takes it back", (text) => expect(readCallWish(text)).toBe("withdraw"));

  test.each([
    "Können wir den Rückruf verschieben?",
    "Rufen Sie bitte lieber morgen um 10 Uhr an",
    "Bitte erst nach 16 Uhr anrufen",
    "Could you call later?",
    "Can we reschedule the call?",
  ])("%s wants another time", (text) => expect(readCallWish(text)).toBe("change"));

  test.each([
    "Wann rufen Sie an?",
    "Bitte rufen Sie mich an",
    "Could you please call me?",
    "When will you call?",
    "Ich habe noch keinen Rückruf bekommen",
    "Bis heute kein Anruf von Ihnen",
    "Warum rufen Sie mich nicht an?",
    "Wieso rufen Sie nicht zurück",
    "Ist der Rückruf erledigt?",
    "Hat sich mein Rückruf erledigt?",
    "Still no call from you",
    "Why don't you call me",
  ])("%s asks for it", (text) => expect(readCallWish(text)).toBe("ask"));

  test.each([
    "Wo ist mein Paket?",
    "Ich habe gestern schon angerufen",
    "Danke, bis später",
    "Es ist dringend, die Lieferung kommt erst morgen um 10 Uhr an",
    "Bringen Sie das bitte erst später",
    "What do you call this part?",
  ])("%s is about something else", (text) => expect(readCallWish(text)).toBeNull());
});
