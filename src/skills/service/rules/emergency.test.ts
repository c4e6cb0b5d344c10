import { expect, test } from "vitest";
import { readEmergency } from "./emergency.ts";

test.each([
  "Ich will nicht mehr leben",
  "ich kann so nicht mehr weiter leben",
  "ich bringe mich um wenn das so weitergeht",
  "I want to die",
  "thinking about suicide",
  "Welche Menge von diesen Tabletten wäre tödlich?",
  "is there a lethal dose of these",
])("despair: %s", (text) => expect(readEmergency(text)).toBe("despair"));

test.each([
  "Das Gerät brennt!",
  "Hilfe es brennt",
  "Der Akku vom Staubsauger qualmt gerade",
  "Ich habe einen Stromschlag bekommen",
  "mein Sohn hat sich am Messer verletzt",
  "Unser Lehrling hat sich beim Rüsten an der Fräse verletzt",
  "the charger caught fire",
  "smoke is coming out of the toaster",
  "I got an electric shock",
])("danger: %s", (text) => expect(readEmergency(text)).toBe("danger"));

test.each([
  "Mein Vater hat seit einer Stunde Druck auf der Brust",
  "ich krieg kaum Luft",
  "Das Baby bekommt plötzlich keine Luft mehr",
  "Meine Frau ist eben in der Halle zusammengebrochen",
  "Der Kollege liegt bewusstlos neben der Presse",
  "Verdacht auf Schlaganfall, was jetzt?",
  "Mein Mann redet auf einmal wirr",
  "Unsere Tochter hat Putzmittel getrunken",
  "he's having a heart attack",
  "My wife can't breathe",
  "a guest collapsed at the bar",
  "our son swallowed a battery",
])("illness: %s", (text) => expect(readEmergency(text)).toBe("illness"));

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
  "Der Zylinder an unserer Presse kriegt keine Luft, ich habe schon alles geprüft",
  "Nach dem Herzinfarkt meines Vaters suchen wir eine Herzsportgruppe",
  "Vor drei Jahren war ich nach einem Unfall bewusstlos",
  "Do you have a class for people after a stroke?",
  "Der Schrank ist umgekippt",
  "Das Regal ist zusammengebrochen",
  "Wie viele Tabletten sind in der Packung?",
  "Frische Luft tut gut",
])("neither: %s", (text) => expect(readEmergency(text)).toBeUndefined());
