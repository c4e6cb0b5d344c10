import { expect, test } from "vitest";
import { missingPart, NO_ADDRESS, readAddress, written } from "./address.ts";

/** "street|number|postcode|town|note" */
const parts = (written: string) => {
  const [street = "", number = "", postcode = "", town = "", note = ""] = written.split("|");
  return { street, number, postcode, town, note };
};

test.each([
  ["Eppendorfer Weg 87, 20259 Hamburg", parts("Eppendorfer Weg|87|20259|Hamburg")],
  ["eppendorfer weg 87 20259 Hamburg", parts("eppendorfer weg|87|20259|Hamburg")],
  ["20259 Hamburg, Eppendorfer Weg 87a", parts("Eppendorfer Weg|87a|20259|Hamburg")],
  ["Meine Adresse ist Eppendorfer Weg 87 A, D-20259 Hamburg.", parts("Eppendorfer Weg|87a|20259|Hamburg")],
  ["Straße des 17. Juni 135, 10623 Berlin", parts("Straße des 17. Juni|135|10623|Berlin")],
  ["Ich wohne in der Max-Brauer-Allee 163-165, 22765", parts("Max-Brauer-Allee|163-165|22765")],
  ["Hauptstr. 5, 61348 Bad Homburg", parts("Hauptstr.|5|61348|Bad Homburg")],
  ["Lange Reihe 12, 3. Stock links, 20099 Hamburg", parts("Lange Reihe|12|20099|Hamburg|3. Stock links")],
  ["Ring 4, A-1010 Wien", parts("Ring|4|1010|Wien")],
  ["Bahnhofstrasse 1, 8001 Zürich", parts("Bahnhofstrasse|1|8001|Zürich")],
  ["Eppendorfer Weg 87", parts("Eppendorfer Weg|87")],
  ["Eppendorfer Weg", parts("Eppendorfer Weg")],
  ["20259", parts("||20259")],
  ["PLZ 20259 Hamburg", parts("||20259|Hamburg")],
  ["An der Alster 5, 20099 Hamburg", parts("An der Alster|5|20099|Hamburg")],
  ["12 Lange Reihe, 20099 Hamburg", parts("Lange Reihe|12|20099|Hamburg")],
])("%s", (text, address) => {
  expect(readAddress(text)).toEqual(address);
});

test("what is missing is added to what was given", () => {
  const street = readAddress("Eppendorfer Weg") ?? NO_ADDRESS;
  expect(missingPart(street)).toBe("number");
  const number = readAddress("Nummer 87", street) ?? NO_ADDRESS;
  expect(missingPart(number)).toBe("postcode");
  const whole = readAddress("20259 Hamburg", number) ?? NO_ADDRESS;
  expect(missingPart(whole)).toBeNull();
  expect(written(whole)).toBe("Eppendorfer Weg 87, 20259 Hamburg");
  expect(readAddress("Lange Reihe 12, 20099 Hamburg", whole)).toEqual(parts("Lange Reihe|12|20099|Hamburg"));
});

test.each(["", "ja", "Wo ist mein Paket?", "morgen abend", "keine Ahnung", "Guten Tag", "a ".repeat(200)])(
  "%s is no address",
  (text) => {
    expect(readAddress(text)).toBeNull();
  },
);
