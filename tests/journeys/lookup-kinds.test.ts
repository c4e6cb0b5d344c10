import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "../../src/skills/notices/fixtures/source-server.ts";
import { ASK, LookupStage } from "../outside/lookup-stage.ts";

/** Parcels, appointments and machines, from a file and from a company's own service, told after their proof. */

const FILE = [
  "Art;Nummer;Status;PLZ;Name;Versanddienst;Sendungslink;Liefertag;Artikel;Termin;Uhrzeit",
  "Paket;00340434161094;unterwegs;20099;;DHL;https://track.example/00340434161094;26.11.2026;;;",
  "Paket;00340434161095;zugestellt;10115;;DPD;;24.11.2026;Fremdes;;",
  "Termin;T-1;bestätigt;;Jana Petersen;;;;Ölwechsel;26.11.2026;14:30",
  "Termin;T-2;bestätigt;;Ole Müller;;;;Bremsen;26.11.2026;15:30",
  "Termin;T-3;bestätigt;;Ina Müller;;;;Reifen;26.11.2026;16:30",
  "Maschine;MX-4711;in Arbeit;20099;;;;30.11.2026;Presse 200;;",
  "Maschine;MX-4712;in Arbeit;10115;;;;30.11.2026;Fremdes;;",
].join("\r\n");

/** The same, as a service of the company's own answers. */
const RECORDS = [
  {
    kind: "parcel",
    number: "00340434161094",
    status: "shipped",
    carrier: "DHL",
    tracking: "https://track.example/00340434161094",
    expectedDay: "2026-11-26",
    known: { postcodes: ["20099"] },
  },
  {
    kind: "parcel",
    number: "00340434161095",
    status: "delivered",
    carrier: "DPD",
    items: ["Fremdes"],
    known: { postcodes: ["10115"] },
  },
  ...[
    ["T-1", "14:30", "Jana Petersen", "Ölwechsel"],
    ["T-2", "15:30", "Ole Müller", "Bremsen"],
    ["T-3", "16:30", "Ina Müller", "Reifen"],
  ].map(([number, time, name, item]) => ({
    kind: "appointment",
    number,
    status: "confirmed",
    day: "2026-11-26",
    time,
    items: [item],
    known: { names: [name] },
  })),
  ...[
    ["MX-4711", "20099", "Presse 200"],
    ["MX-4712", "10115", "Fremdes"],
  ].map(([number, postcode, item]) => ({
    kind: "machine",
    number,
    status: "in_work",
    expectedDay: "2026-11-30",
    items: [item],
    known: { postcodes: [postcode] },
  })),
];

let stage: LookupStage;
let own: SourceServer;
let persons = 0;
const newPerson = () => `person-${++persons}`;

beforeAll(async () => {
  stage = await LookupStage.open();
  own = await startSourceServer();
  own.on("/register", (request, response) => {
    const query = new URL(request.url ?? "", own.origin).searchParams;
    const [kind, number] = [query.get("kind"), query.get("number")];
    const records = RECORDS.filter((one) =>
      "day" in one
        ? kind === "appointment" && one.day === number
        : one.kind === kind && one.number === number,
    );
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ records }));
  });
}, 120_000);
afterAll(async () => {
  await own?.close();
  await stage?.close();
});

const of = ["parcel", "appointment", "machine"] as const;
const REGISTERS = [
  ["a file", () => ({ kind: "csv" as const, name: "Datei", file: FILE, of: [...of] })],
  [
    "the company's own service",
    () => ({
      kind: "service" as const,
      name: "Dienst",
      address: `${own.origin}/register`,
      keys: { signingKey: "ein-langes-geheimnis" },
      of: [...of],
    }),
  ],
] as const;

describe.each(REGISTERS)("%s", (_, register) => {
  test("tells of a parcel after its postcode, in both languages", async () => {
    await stage.withRegisters([register()], async () => {
      const german = newPerson();
      expect(await stage.talk(german, ASK.parcel.de)).toContain("Wie lautet die Sendungsnummer?");
      expect(await stage.talk(german, "00340434161094")).toContain("Postleitzahl zu 00340434161094?");
      expect(await stage.talk(german, "10115")).toContain("Zu diesen Angaben finde ich nichts.");
      const told = await stage.talk(german, "00340434161094, 20099");
      expect(told).toContain(
        "Sendung 00340434161094 ist versandt. Versand mit DHL. Voraussichtlich da: Donnerstag, 26.11.2026.",
      );
      expect(told).toContain("https://track.example/00340434161094");
      const english = newPerson();
      expect(await stage.talk(english, ASK.parcel.en)).toContain("What is the parcel's tracking number?");
      expect(await stage.talk(english, "00340434161094")).toContain(
        "what is the postcode for 00340434161094?",
      );
      expect(await stage.talk(english, "20099")).toMatch(
        /Parcel 00340434161094 has been shipped\. Carrier: DHL\. Expected: Thursday,? 26 November 2026\./,
      );
      expect([...stage.heard(german), ...stage.heard(english)].join("\n")).not.toMatch(/Fremdes|DPD/);
    });
  });

  test("tells of an appointment after its day and name, in both languages", async () => {
    await stage.withRegisters([register()], async () => {
      const german = newPerson();
      expect(await stage.talk(german, ASK.appointment.de)).toContain("An welchem Tag ist der Termin?");
      expect(await stage.talk(german, "am 26.11.")).toContain(
        "Auf welchen Namen ist der Termin eingetragen?",
      );
      expect(await stage.talk(german, "Fremd")).toContain("Zu diesen Angaben finde ich keinen Termin.");
      expect(await stage.talk(german, "26.11.")).toContain("Auf welchen Namen");
      const told = await stage.talk(german, "Ich heiße Jana Petersen");
      expect(told).toContain("Der Termin am Donnerstag, 26.11.2026 um 14:30 Uhr ist bestätigt.");
      expect(told).toContain("Enthalten: Ölwechsel.");
      // Within the hour the name is not asked for again.
      await stage.talk(german, ASK.appointment.de);
      expect(await stage.talk(german, "am 26.11.")).toContain("um 14:30 Uhr ist bestätigt.");
      const english = newPerson();
      expect(await stage.talk(english, ASK.appointment.en)).toContain("On which day is the appointment?");
      expect(await stage.talk(english, "26 November")).toContain("In which name is the appointment?");
      expect(await stage.talk(english, "Petersen")).toMatch(
        /The appointment on Thursday,? 26 November 2026 at 14:30 is confirmed\./,
      );
      expect([...stage.heard(german), ...stage.heard(english)].join("\n")).not.toMatch(
        /Bremsen|Reifen|Müller/,
      );
    });
  });

  test("tells nobody of an appointment in a name that two have on that day: a person helps", async () => {
    await stage.withRegisters([register()], async () => {
      const who = newPerson();
      await stage.talk(who, ASK.appointment.de);
      await stage.talk(who, "am 26.11.");
      expect(await stage.talk(who, "Müller")).toContain("Ich gebe Sie an unser Team weiter.");
      expect(await stage.handedOver(who)).toContain("mehreren Personen");
      expect(stage.heard(who).join("\n")).not.toMatch(/Bremsen|Reifen|15:30|16:30/);
    });
  });

  test("tells of a machine after its postcode", async () => {
    await stage.withRegisters([register()], async () => {
      const who = newPerson();
      expect(await stage.talk(who, ASK.machine.de)).toContain("Wie lautet die Seriennummer?");
      expect(await stage.talk(who, "MX-4711")).toContain("Postleitzahl zu MX-4711?");
      const told = await stage.talk(who, "20099");
      expect(told).toContain("Maschine MX-4711 ist in Arbeit. Nächster Termin: Montag, 30.11.2026.");
      expect(told).toContain("Enthalten: Presse 200.");
    });
  });
});

test("ten wrong names block that name on that day, and nobody else who has an appointment then", async () => {
  await stage.withRegisters([REGISTERS[0][1]()], async () => {
    const ask = async (name: string) => {
      const who = newPerson();
      await stage.talk(who, ASK.appointment.de);
      await stage.talk(who, "am 26.11.");
      return stage.talk(who, name);
    };
    for (let n = 0; n < 10; n++) expect(await ask("Schmitz")).toContain("finde ich keinen Termin");
    expect(await ask("Schmitz")).toContain("Das waren zu viele Versuche");
    expect(await ask("Petersen")).toContain("um 14:30 Uhr ist bestätigt.");
  });
});

test("a file's numbers are found when it is said later how they begin", async () => {
  const file = "Bestellnummer;PLZ;Artikel\r\nHK-4711;20099;Pfanne\r\n";
  await stage.withRegisters([{ kind: "csv", name: "Datei", file, of: ["order"] }], async () => {
    await stage.changePrefix("Datei", "HK-");
    const who = newPerson();
    await stage.talk(who, ASK.order.de);
    await stage.talk(who, "4711");
    expect(await stage.talk(who, "20099")).toContain("Enthalten: Pfanne.");
  });
});

test("a connection without encryption is refused, but to a host that the operator named", async () => {
  const plain = (address: string) =>
    stage.withRegisters(
      [{ kind: "service", name: "Dienst", address, keys: { signingKey: "geheim" }, of: ["order"] }],
      async () => "connected",
    );
  await expect(plain("http://shop.example/register")).rejects.toMatchObject({ code: "bad_request" });
  expect(await plain("http://127.0.0.1/register")).toBe("connected");
});
