import { expect, test } from "vitest";
import { readEmergency } from "./emergency.ts";

test.each([
  "Ich will nicht mehr leben",
  "ich kann so nicht mehr weiter leben",
  "ich bringe mich um wenn das so weitergeht",
  "I want to die",
  "thinking about suicide",
])("despair: %s", (text) => expect(readEmergency(text)).toBe("despair"));

test.each([
  "Das Gerät brennt!",
  "Hilfe es brennt",
  "Der Akku vom Staubsauger qualmt gerade",
  "Ich habe einen Stromschlag bekommen",
  "mein Sohn hat sich am Messer verletzt",
  "the charger caught fire",
  "smoke is coming out of the toaster",
  "I got an electric shock",
])("danger: %s", (text) => expect(readEmergency(text)).toBe("danger"));

test.each([
  "Wie lange brennt die Kerze?",
  "Die Lampe brennt nicht",
  "Wann kommt mein Paket?",
  "Brennt der Grill mit Gas oder Kohle?",
  "Kann ich eine CD brennen?",
  "your prices are on fire sale",
  "Ich lebe nicht mehr in Hamburg, neue Adresse",
  "Das Messer ist scharf",
  "Hilfe",
])("neither: %s", (text) => expect(readEmergency(text)).toBeUndefined());
