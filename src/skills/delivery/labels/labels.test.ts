import { describe, expect, test } from "vitest";
import { drawLabels, LABELS_MOST } from "./draw.ts";
import { fitText } from "./fit.ts";
import { type LabelledDelivery, labelsOf, parcelCode, readParcelCode } from "./label.ts";

const MM = 72 / 25.4;
const SPEAKING = { language: "de", timeZone: "Europe/Berlin" } as const;
const delivery: LabelledDelivery = {
  carrierId: 7,
  id: 4711,
  sender: "Schröders Kaffeerösterei",
  senderRef: "HK-20417",
  recipient: "Käthe Brandt",
  address: "Eppendorfer Weg 87, 20259 Hamburg",
  earliestAt: Date.parse("2026-11-24T17:00:00Z"),
  latestAt: Date.parse("2026-11-24T19:00:00Z"),
  skills: 7,
  parcels: 2,
};
const LONG = "Straßenbahnhaltestellenüberdachungsgesellschaft für Groß- und Kleinstädte ".repeat(8);

describe("what stands on a label", () => {
  test("one for each parcel, with address, window and marks", () => {
    const [first, second, ...more] = labelsOf(delivery, "Abendbote", SPEAKING);
    expect(more).toEqual([]);
    expect(first).toEqual({
      code: "AHD1:7:4711:1",
      sender: "Schröders Kaffeerösterei",
      reference: "HK-20417",
      recipient: "Käthe Brandt",
      address: ["Eppendorfer Weg 87", "20259 Hamburg"],
      window: "Di 24.11., 18–20 Uhr",
      parcel: 1,
      parcels: 2,
      marks: ["cold", "age_check", "fragile"],
      carrier: "Abendbote",
      language: "de",
    });
    expect(second).toMatchObject({ code: "AHD1:7:4711:2", parcel: 2 });
  });

  test("signs that turn or hide text are left out", () => {
    const [label] = labelsOf({ ...delivery, recipient: "K\u202eethe\u0000\nBrandt" }, "x", SPEAKING);
    expect(label?.recipient).toBe("K ethe Brandt");
  });

  test("a code is read as it was written, and nothing else is", () => {
    const code = { carrierId: 7, deliveryId: 4711, parcel: 12 };
    expect(readParcelCode(parcelCode(code))).toEqual(code);
    expect(readParcelCode(" ahd1:7:4711:12 ")).toEqual(code);
    for (const text of ["", "AHD1:7:4711", "AHD2:7:4711:1", "https://example.org/7/4711", "AHD1:7:47x:1"])
      expect(readParcelCode(text)).toBeNull();
  });
});

describe("text in a box", () => {
  /** Every sign is half as wide as high. */
  const box = (width: number, lines: number) => ({
    width,
    lines,
    sizes: [20, 10],
    measure: (text: string, size: number) => [...text].length * size * 0.5,
  });

  test("is as large as it fits, then over lines, then cut", () => {
    expect(fitText("Käthe", box(100, 1))).toEqual({ size: 20, lines: ["Käthe"] });
    expect(fitText("Käthe Brandt", box(100, 2))).toEqual({ size: 20, lines: ["Käthe", "Brandt"] });
    expect(fitText("Käthe Brandt", box(100, 1))).toEqual({ size: 10, lines: ["Käthe Brandt"] });
    expect(fitText("Brandt-Hohenlohe von der Alster", box(60, 2))).toEqual({
      size: 10,
      lines: ["Brandt-Hohe…", "von der…"],
    });
  });

  test("never stands over, whatever is written", () => {
    for (const text of [LONG, "W".repeat(500), "😀".repeat(90), "", "a b c ".repeat(60)]) {
      const fitted = fitText(text, box(80, 2));
      expect(fitted.lines.length).toBeLessThanOrEqual(2);
      for (const line of fitted.lines) expect(box(80, 2).measure(line, fitted.size)).toBeLessThanOrEqual(80);
    }
  });
});

async function drawn(of: readonly LabelledDelivery[], format: "10x15" | "a4") {
  const labels = of.flatMap((one) => labelsOf(one, "Abendbote", SPEAKING));
  const text = (await drawLabels(labels, { format, madeAt: 0 })).toString("latin1");
  expect(text.startsWith("%PDF-")).toBe(true);
  expect(text.trimEnd().endsWith("%%EOF")).toBe(true);
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
  return {
    pages: Number(/\/Type \/Pages[\s\S]*?\/Count (\d+)/.exec(text)?.[1] ?? 0),
    size: [Math.round(Number(width) / MM), Math.round(Number(height) / MM)],
    fonts: text.match(/\/FontFile2/g)?.length,
  };
}

describe("the file", () => {
  test("has one label a page of 10 x 15 cm, or four on a sheet, with its fonts in it", async () => {
    expect(await drawn([delivery], "10x15")).toEqual({ pages: 2, size: [100, 150], fonts: 2 });
    const five = [{ ...delivery, parcels: 5 }];
    expect(await drawn(five, "a4")).toEqual({ pages: 2, size: [210, 297], fonts: 2 });
  });

  test("holds hostile and endless names", async () => {
    const nasty = {
      ...delivery,
      recipient: LONG,
      sender: "漢字 😀 (\\) endobj",
      address: LONG,
      senderRef: LONG,
      parcels: 1,
    };
    expect((await drawn([nasty], "10x15")).pages).toBe(1);
  });

  test("is not made of nothing, nor without an end", async () => {
    await expect(drawLabels([], { format: "a4", madeAt: 0 })).rejects.toThrow("no parcel");
    const [one] = labelsOf(delivery, "x", SPEAKING);
    const many = Array.from({ length: LABELS_MOST + 1 }, () => one as NonNullable<typeof one>);
    await expect(drawLabels(many, { format: "a4", madeAt: 0 })).rejects.toThrow("At most");
  });
});
