import { describe, expect, test } from "vitest";
import { type DeliveryWish, readDeliveryWish } from "./delivery-wish.ts";

const NONE = { hasPromise: false };
const PROMISED = { hasPromise: true };
const wishOf = (text: string, known: { hasPromise: boolean }) => readDeliveryWish(text, known)?.wish ?? null;

describe("what others answer is not taken from them", () => {
  test.each([
    // What became of an order: the register (lookup).
    "Wann kommt meine Lieferung an?",
    "Wann wird meine Bestellung geliefert?",
    "Wann liefern Sie meine Bestellung HK-4711?",
    "wann wird nr. 55012 geliefert",
    "Wo bleibt meine Bestellung?",
    "Wo ist mein Paket?",
    "kommt die lieferung heute noch? bin ab 15 uhr ausser haus",
    "Mein Paket wurde nicht geliefert",
    "When will my order be delivered?",
    "Where is my parcel?",
    "Has my order been delivered?",
    // The company's own topics (service).
    "Wie lange dauert eine Lieferung?",
    "Wie schnell liefern Sie?",
    "Liefern Sie auch samstags?",
    "Liefern Sie auch nach Österreich?",
    "Liefern Sie ins Ausland?",
    "Was kostet die Lieferung?",
    "Was kostet es, wenn Sie heute liefern?",
    "Mit welchem Paketdienst liefern Sie?",
    "liefertermin für sofas ca.?",
    "Wann wird geliefert, wenn ich jetzt bestelle?",
    "Lieferadresse ändern",
    "Ich habe die falsche Lieferadresse angegeben",
    "Ich war nicht zu Hause, wo liegt das Paket?",
    "Das Paket wurde beim Nachbarn abgegeben, aber der weiß von nichts",
    "How long does delivery take?",
    "Do you deliver to Austria?",
    "How much is delivery?",
    "What does it cost if you deliver today?",
    // Calls (telephone), appointments (lookup), other matters.
    "Wann können Sie mich anrufen?",
    "Kann ich den Rückruf auf morgen verschieben?",
    "Kann ich meinen Termin auf morgen verschieben?",
    "When can you call me?",
    "Bestellung stornieren",
    "Ich möchte meine Bestellung absagen",
    "Sind Sie morgen nicht da?",
    "Warum können Sie nicht liefern?",
    "Wann können Sie endlich liefern?",
    "Bis wann können Sie 200 Flansche liefern?",
    "Wann können Sie die Ware zurücknehmen?",
    "When can you deliver 500 screws?",
    "Können Sie mir ein Angebot liefern?",
    "Können Sie mir Informationen liefern?",
    "Moin",
    "morgen abend",
    "ja",
    "",
  ])("%s", (text) => {
    expect(wishOf(text, NONE)).toBeNull();
  });

  test.each([
    "Kann ich den Rückruf auf morgen verschieben?",
    "Kann ich meinen Termin auf morgen verschieben?",
    "Ich möchte meine Bestellung stornieren",
    "Bitte kündigen Sie mein Abo",
    "Kann ich die Zahlung auf morgen verschieben?",
    "Wo bleibt meine Rechnung?",
    "Wo bleibt meine Bestellung HK-4711?",
    "Mein Nachbar hat auch bei Ihnen bestellt",
    "Das Paket wurde beim Nachbarn abgegeben",
    "Haben Sie es beim Nachbarn abgegeben?",
    "Ich war gestern nicht zu Hause",
    "Sind Sie morgen nicht da?",
    "Can I move my appointment to tomorrow?",
    "Please cancel my order",
    "My neighbour got the wrong parcel",
    "I was not at home yesterday",
    "Was ist in der Lieferung?",
    "Danke",
    "morgen abend",
  ])("also where something is promised: %s", (text) => {
    expect(wishOf(text, PROMISED)).toBeNull();
  });
});

describe("something goes back with the courier", () => {
  test.each([
    "Könnt ihr etwas wieder mitnehmen?",
    "Können Sie den alten Karton gleich mitnehmen?",
    "Kann ich dem Kurier etwas mitgeben?",
    "Nehmt ihr auch was wieder mit?",
    "Can you take something back with you?",
    "Could I give something back to the courier?",
  ])("%s", (text) => {
    expect(readDeliveryWish(text, { hasPromise: true })?.wish).toBe("takeback");
    expect(readDeliveryWish(text, { hasPromise: false })).toBeNull();
  });

  test.each([
    "Wie kann ich die Bestellung zurückgeben?",
    "Ich möchte meine Retoure anmelden",
    "Nehmen Sie Karten?",
  ])("not: %s", (text) => {
    expect(readDeliveryWish(text, { hasPromise: true })?.wish).not.toBe("takeback");
  });
});

describe("windows are asked for", () => {
  test.each([
    "Wann können Sie liefern?",
    "Wann könnt ihr liefern",
    "wann koennt ihr mir das liefern?",
    "Hallo, wann könnten Sie das nach Hause liefern?",
    "Wann liefern Sie?",
    "Wann würdet ihr liefern?",
    "Wann kann das geliefert werden?",
    "Wann können Sie um 18 Uhr liefern?",
    "Wann können Sie nach 20259 Hamburg liefern?",
    "Können Sie heute noch liefern?",
    "Könnt ihr morgen Abend liefern?",
    "Liefern Sie heute noch?",
    "liefert ihr am freitag?",
    "Können Sie mir das nach Hause liefern?",
    "Ich möchte mir das liefern lassen",
    "Ich möchte einen Liefertermin vereinbaren",
    "Liefertermin buchen",
    "Welche Lieferfenster haben Sie?",
    "Ist eine Lieferung heute Abend möglich?",
    "Lieferung morgen möglich?",
    "Wann wäre eine Lieferung möglich?",
    "Wie schnell können Sie liefern?",
    "Können Sie das heute am 24. November liefern?",
  ])("in German: %s", (text) => {
    expect(readDeliveryWish(text, NONE)).toEqual({ wish: "windows", language: "de" });
  });

  test.each([
    "When can you deliver?",
    "When could you deliver it?",
    "hi, when can you deliver this to me?",
    "What time can you deliver?",
    "How soon can you deliver?",
    "When can I have it delivered?",
    "When can it be delivered?",
    "Can you deliver tonight?",
    "Could you deliver it tomorrow evening?",
    "Can you deliver on Friday?",
    "I would like to book a delivery slot",
    "Which delivery windows do you have?",
    "Is delivery possible tomorrow?",
    "Can you deliver it to my home?",
  ])("in English: %s", (text) => {
    expect(readDeliveryWish(text, NONE)).toEqual({ wish: "windows", language: "en" });
  });
});

test.each<[DeliveryWish, string]>([
  ["change", "kann ich auf morgen verschieben"],
  ["change", "Kann ich die Lieferung auf morgen verschieben?"],
  ["change", "Können wir das auf Freitag verschieben?"],
  ["change", "Bitte ein anderes Lieferfenster"],
  ["change", "Den Liefertermin bitte ändern"],
  ["change", "Kann der Kurier später kommen?"],
  ["change", "Can I move it to tomorrow?"],
  ["change", "I need to reschedule the delivery"],
  ["change", "Can I change the delivery window?"],
  ["cancel", "Bitte die Lieferung absagen"],
  ["cancel", "Ich möchte die Lieferung stornieren"],
  ["cancel", "Absagen"],
  ["cancel", "Please cancel the delivery"],
  ["cancel", "I don't need the delivery any more"],
  ["neighbour", "Bitte beim Nachbarn abgeben"],
  ["neighbour", "Lassen Sie es beim Nachbarn Petersen"],
  ["neighbour", "Geben Sie es einfach der Nachbarin"],
  ["neighbour", "zum Nachbarn"],
  ["neighbour", "Leave it with the neighbour"],
  ["neighbour", "Please give it to my neighbor in flat 3"],
  ["absent", "Ich bin doch nicht zu Hause"],
  ["absent", "Bin heute Abend leider nicht da"],
  ["absent", "Wir sind dann doch nicht daheim"],
  ["absent", "Ich schaffe es nicht rechtzeitig nach Hause"],
  ["absent", "I won't be home after all"],
  ["absent", "Sorry, I'm not at home tonight"],
  ["status", "Wo bleibt meine Lieferung?"],
  ["status", "Wann kommt der Kurier?"],
  ["status", "Wo ist der Fahrer?"],
  ["status", "kommt die lieferung heute noch?"],
  ["status", "Wann kommt meine Lieferung an?"],
  ["status", "Where is my delivery?"],
  ["status", "When will the courier arrive?"],
  ["status", "Wann sind Sie da?"],
  ["windows", "Wann können Sie liefern?"],
])("of a promise that stands, %s is wished: %s", (wish, text) => {
  expect(wishOf(text, PROMISED)).toBe(wish);
});

test.each(["Bitte beim Nachbarn abgeben", "Ich bin doch nicht zu Hause", "kann ich auf morgen verschieben"])(
  "without a promise nothing of ours can be changed: %s",
  (text) => {
    expect(wishOf(text, NONE)).toBeNull();
  },
);

test("no text, however long or hostile, takes longer than a moment", () => {
  const nasty = ["wann ".repeat(60), "koennen sie ".repeat(25), "a".repeat(100_000), "( ".repeat(150)];
  for (const text of nasty) expect(wishOf(text, PROMISED)).toBeNull();
});
