import { expect, test } from "vitest";
import { pseudonymise, valuesIn } from "./pseudonyms.ts";

const de = (text: string, names: readonly string[] = [], everybody: readonly string[] = []) =>
  pseudonymise(text, { language: "de", names, everybody: new Set(everybody), keep: new Set() });
const en = (text: string, names: readonly string[] = []) =>
  pseudonymise(text, { language: "en", names, everybody: new Set(), keep: new Set() });

test.each([
  ["schreibt mir an mara.otten@post.example bitte", "schreibt mir an [E-Mail] bitte"],
  ["Tel. 0151 23456789, danke", "Tel. [Telefon], danke"],
  ["Konto DE89 3704 0044 0532 0130 00 stimmt nicht", "Konto [IBAN] stimmt nicht"],
  ["meine Bestellung 4471823 fehlt", "meine Bestellung [Nummer] fehlt"],
  ["ich wohne im Lindenweg 12a, 20095 Hamburg", "ich wohne [Straße], [PLZ]"],
  ["Ich heiße Mara Otten und suche ein Glas", "Ich heiße [Name] und suche ein Glas"],
  ["Frau Dr. Otten hat gesagt, Herr Petersen hilft", "Frau Dr. [Name] hat gesagt, Herr [Name] hilft"],
  ["ich heiße jetzt frau lindner, meine frau ist krank", "ich heiße jetzt frau [Name], meine frau ist krank"],
  ["geboren am 3.4.1985", "geboren am [Datum]"],
  ["siehe https://laden.example/bestellung/abc?t=1", "siehe [Link]"],
])("%s", (text, expected) => {
  expect(de(text)).toBe(expected);
});

test("in English too", () => {
  expect(en("My name is Priya Shaw, 14 Mill Lane, AB1 2CD, call 07700 900123")).toBe(
    "My name is [name], [street], [postcode], call [phone]",
  );
  expect(en("Mrs Pell asked for it")).toBe("Mrs [name] asked for it");
});

test("names of the writers go in any spelling, those of others only with a capital; everyday words stay", () => {
  expect(de("gruß otten, oder MARA", ["Mara Otten"])).toBe("gruß [Name], oder [Name]");
  expect(de("Lange war nicht da, es dauert lange", [], ["lange"])).toBe(
    "[Name] war nicht da, es dauert lange",
  );
  expect(de("Das Team vom Service", ["Service Team Laden GmbH"])).toBe("Das Team vom Service");
});

test("what tells nobody stays: prices, times, sizes, years, days", () => {
  const text = "Das Modell 2024 mit 28 cm für 49,90 €, am 3. Mai um 14:30 Uhr, Linie 12";
  expect(de(text)).toBe(text);
});

test("what is the company's own is kept", () => {
  const told = "Rufen Sie 040 1234567 an oder schreiben Sie an laden@laden.example, Marktstraße 5.";
  const keep = new Set(valuesIn(told));
  expect(pseudonymise(told, { language: "de", names: [], everybody: new Set(), keep })).toBe(told);
});
