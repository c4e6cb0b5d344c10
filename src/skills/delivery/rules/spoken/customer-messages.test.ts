import { describe, expect, test } from "vitest";
import { type DeliveryWish, readDeliveryWish } from "./delivery-wish.ts";

/**
 * Messages as customers type them, with what each of them wants, judged by hand: a message of another matter that is taken
 * for one of ours is worse than one that is missed.
 */

const wishOf = (text: string, hasPromise: boolean) => readDeliveryWish(text, { hasPromise })?.wish ?? null;

/** Of somebody to whom something is promised. */
const PROMISED: readonly (readonly [DeliveryWish, string])[] = [
  ["status", "wo bleibt mein paket??"],
  ["status", "Wann kommt der Kurier heute?"],
  ["status", "wann kommt ihr denn endlich"],
  ["status", "Um wieviel Uhr kommt die Lieferung ca.?"],
  ["status", "wie lange dauert das noch bis der fahrer da ist"],
  ["status", "Ist der Kurier schon unterwegs?"],
  ["status", "Wann seid ihr ungefähr bei uns?"],
  ["status", "kommt heute noch jemand?"],
  ["status", "der fahrer ist immer noch nicht da"],
  ["status", "Mein Paket ist noch nicht angekommen"],
  ["status", "Ich warte seit einer Stunde auf meine Lieferung!"],
  ["status", "klappt das mit der lieferung heute"],
  ["status", "bis jetzt ist niemand gekommen"],
  ["status", "Where's my parcel?"],
  ["status", "when will the driver be here"],
  ["status", "What time is the courier coming?"],
  ["status", "the driver hasn't come yet"],
  ["status", "still waiting for my delivery"],
  ["status", "nobody came"],
  ["status", "ETA please"],
  ["neighbour", "bin nicht da, bitte bei nachbar müller abgeben"],
  ["neighbour", "könnt ihr das paket bei den nachbarn lassen?"],
  ["neighbour", "Bitte bei Familie Yilmaz im 2. Stock abgeben"],
  ["neighbour", "geben sie es einfach nebenan ab"],
  ["neighbour", "Mein Nachbar nimmt es an"],
  ["neighbour", "Leave with neighbour pls"],
  ["neighbour", "could you drop it next door?"],
  ["neighbour", "My neighbour at no. 5 will take it"],
  ["leave", "einfach vor die tür legen bitte"],
  ["leave", "Stellen Sie das Paket bitte vor die Wohnungstür"],
  ["leave", "kann der kurier es in den hausflur legen?"],
  ["leave", "legt es in die garage, danke"],
  ["leave", "Bin nicht zu Hause, bitte auf der Terrasse abstellen"],
  ["leave", "bitte in den briefkasten werfen"],
  ["leave", "Ablageort: Garage"],
  ["leave", "Leave it at the door"],
  ["leave", "just put the package on the porch"],
  ["leave", "please leave it outside"],
  ["leave", "drop it in front of my door thx"],
  ["absent", "mir ist was dazwischen gekommen, bin um 18 uhr nicht da"],
  ["absent", "Bin heut doch nicht zuhause"],
  ["absent", "schaffe es heute leider nicht, bin noch auf arbeit"],
  ["absent", "Ich kann das Paket heute nicht annehmen"],
  ["absent", "es ist heute abend niemand da"],
  ["absent", "im stuck at work, wont be home"],
  ["absent", "sorry not home tonight"],
  ["absent", "I can't make it home in time"],
  ["change", "Können Sie auch erst nach 20 Uhr kommen?"],
  ["change", "bitte lieber am freitag liefern"],
  ["change", "einen anderen tag bitte"],
  ["change", "verschieben"],
  ["change", "kann man die lieferung auch vorziehen"],
  ["change", "Can we do tomorrow instead?"],
  ["change", "move it please"],
  ["cancel", "lieferung bitte stornieren!!"],
  ["cancel", "Ich brauche die Lieferung nicht mehr"],
  ["cancel", "Hiermit sage ich die Lieferung ab."],
  ["cancel", "Please cancel my delivery for tonight"],
];

/** The same people, about something else. */
const OTHERS: readonly string[] = [
  "Danke, hat alles super geklappt!",
  "Das Paket ist beschädigt angekommen",
  "In dem Paket fehlt ein Teil",
  "Haben Sie die Lampe auch in Schwarz?",
  "Wie sind Ihre Öffnungszeiten am Freitag?",
  "Der Fahrer war sehr unfreundlich",
  "Ich habe eine falsche Lieferung bekommen",
  "Wie viel Trinkgeld gibt man dem Kurier?",
  "Ist die Lieferung versichert?",
  "Bitte NICHT beim Nachbarn abgeben!",
  "nicht einfach vor die tür legen, wird hier geklaut",
  "Please don't leave it at the door",
  "Meine Nachbarin möchte auch bei Ihnen bestellen",
  "Mein Nachbar nimmt nie Pakete an",
  "Der Kurier hat es einfach vor die Tür gelegt",
  "Warum liegt das Paket vor der Tür?",
  "ich stehe vor der tür",
  "Ich war gestern nicht zu Hause",
  "Bei Ihnen ist niemand da",
  "Ist morgen jemand da? Ich möchte vorbeikommen",
  "kommt noch jemand vorbei, um die lampe anzuschließen?",
  "Wann kommt die Ware wieder rein?",
  "Wann kommt die neue Kollektion?",
  "Wann kommt der Techniker?",
  "Kann ich die Adresse der Lieferung ändern?",
  "Can I change the delivery address?",
  "Kann der Fahrer vorher anrufen?",
  "Können Sie morgen um 10 bei mir anrufen?",
  "Kann ich das Paket auch selbst abholen?",
  "Kann meine Tochter das Paket annehmen?",
  "Wurde meine Lieferung storniert?",
  "I'd like to cancel my subscription",
  "I want to return the parcel",
  "ich warte seit 3 wochen auf mein paket",
  "Steht der Termin noch?",
  "Ich schaffe es nicht, mich einzuloggen",
  "ja",
  "18 Uhr passt",
];

/** Of somebody to whom nothing is promised yet. */
const FIRST: readonly (readonly [DeliveryWish | null, string])[] = [
  ["windows", "wan können sie liefern"],
  ["windows", "könnt ihr mir das bis samstag nach hause bringen?"],
  ["windows", "könnt ihr heut noch liefern"],
  ["windows", "Hi, could you deliver tomorrow afternoon?"],
  ["windows", "delivery today possible?"],
  ["windows", "I need it delivered on friday"],
  [null, "einfach vor die tür legen bitte"],
  [null, "Bin heute nicht zuhause"],
  [null, "wo bleibt mein paket??"],
  [null, "Können Sie das bis Freitag in Erfahrung bringen?"],
  [null, "What does delivery cost?"],
];

describe("where something is promised", () => {
  test.each(PROMISED)("%s: %s", (wish, text) => {
    expect(wishOf(text, true)).toBe(wish);
  });

  test.each(OTHERS)("nothing of it: %s", (text) => {
    expect(wishOf(text, true)).toBeNull();
  });
});

test.each(FIRST)("where nothing is promised: %s: %s", (wish, text) => {
  expect(wishOf(text, false)).toBe(wish);
});
