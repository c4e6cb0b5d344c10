import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Beat,
  Dialogue,
  drawFlow,
  formatFlow,
  LIMITS,
  locatedFault,
  parseFlow,
  runExamples,
  validateFlow,
} from "./index.ts";

const FOLDER = new URL("../../../../demo/hansekontor/flows/", import.meta.url);
const demo = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), "utf8") }));
const guide = readFileSync(new URL("../../../../docs/guide/flows.md", import.meta.url), "utf8");
const shown = [...guide.matchAll(/```flow\n([\s\S]*?)```/g)].map(([, text = ""], n) => ({
  name: `guide ${n + 1}`,
  text,
}));

const context = {
  now: Date.parse("2026-11-24T09:00:00Z"),
  timeZone: "Europe/Berlin",
  orderStyle: { minDigits: 4, maxDigits: 10 },
  isOpen: true,
};
const faultsOf = (text: string) => {
  const { document, faults } = parseFlow(text);
  return faults.length > 0 ? faults : validateFlow(document);
};
const codesOf = (text: string) => faultsOf(text).map(({ line, column, code }) => `${line}:${column} ${code}`);
const said = (beat: Beat) => beat.says.map(({ text }) => text).join(" / ");

const head = "flow f\n  title\n    de: T\n    en: T\n  start\n    de: s\n    en: s\n";
/** A flow of these steps, whose first line is line 8. */
const steps = (text: string) => head + text;
const words = "    de: x\n    en: x\n";

describe("the flows of the demo and of the guide", () => {
  test.each([...demo, ...shown])(
    "$name is sound, is written as the formatter writes, and its examples hold",
    ({ text }) => {
      const { document, faults } = parseFlow(text);
      expect(faults).toEqual([]);
      expect(validateFlow(document)).toEqual([]);
      expect(formatFlow(document)).toBe(text);
      const results = runExamples(document, context);
      expect(results.length).toBeGreaterThan(1);
      expect(results.flatMap(({ name, misses }) => misses.map((miss) => ({ name, ...miss })))).toEqual([]);
    },
  );

  test("the guide shows the three that it promises", () => {
    expect(shown).toHaveLength(3);
  });
});

describe("faults are named by line, column and what was expected", () => {
  test.each([
    ["", ["1:1 flowMissing"]],
    ["flow A\n", ["1:6 badName"]],
    ["nonsense\n", ["1:1 topExpected"]],
    [`${head}\tsay\n`, ["8:1 tab"]],
    [steps("step a\n  say hello\n"), ["9:7 tooMuch"]],
    [steps("step a\n  speak\n"), ["9:3 statementExpected"]],
    [steps("step a\n  if x is -> end\n"), ["9:11 valueMissing"]],
    [steps("step a\n  if x likes y -> end\n"), ["9:8 testExpected"]],
    [
      steps(`step a\n  choose\n${words}    option one -> end\n      de: x\n      en: x\n`),
      ["9:3 optionsMissing"],
    ],
    [steps("step a\n  call PUT https://a.example\n"), ["9:8 methodExpected"]],
    [steps('step a\n  call GET "https://a.example"\n    timeout 60 s\n'), ["10:13 numberExpected"]],
    [steps("slot x: colour\n"), ["8:9 typeExpected"]],
    [steps("step a\n  say\n    fr: bonjour\n  -> end\n"), ["10:5 linkExpected"]],
    [steps("step a\n  ask x\n    again\n      fr: bonjour\n"), ["11:7 languageExpected"]],
    [steps("example\n  bot says x\n"), ["8:1 exampleName", "9:3 exampleLine"]],
  ])("%j", (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
    for (const fault of faultsOf(text)) {
      expect(locatedFault(fault, "de")).toMatch(/^Zeile \d+, Spalte \d+: .{10,}/);
      expect(locatedFault(fault, "en")).toMatch(/^Line \d+, column \d+: .{10,}/);
      expect(locatedFault(fault, "de")).not.toMatch(/\{\w+\}/);
    }
  });
});

describe("what would leave a customer standing is refused", () => {
  test.each([
    ["dead end", `step a\n  say\n${words}`, "8:1 deadEnd"],
    ["a way to nowhere", "step a\n  -> b\n", "9:6 noSuchStep"],
    ["a missing language", "step a\n  say\n    de: x\n  -> end\n", "9:3 languageMissing"],
    ["an unknown slot", `step a\n  say\n    de: "{x}"\n    en: x\n  -> end\n`, "9:3 noSuchSlot"],
    ["an unreachable step", "step a\n  -> end\nstep b\n  -> end\n", "10:1 unreachable"],
    ["a circle without a question", "step a\n  -> b\nstep b\n  -> a\n", "8:1 circle"],
    ["a step that comes back to itself", "step a\n  -> a\n", "8:1 circle"],
    [
      "a circle whose question is skipped the second time",
      `slot x: text\nstep a\n  ask x\n${words}  -> a\n`,
      "9:1 circle",
    ],
    ["statements after the end", `step a\n  -> end\n  say\n${words}`, "10:3 neverRuns"],
    ["asking for what is no slot", `step a\n  ask x\n${words}  -> end\n`, "9:3 askUndeclared"],
    ["a call without fallback", 'step a\n  call GET "https://a.example/x"\n  -> end\n', "9:3 noFallback"],
    [
      "a customer who decides whom we ask",
      'slot x: text\nstep a\n  call GET "https://{x}.example/"\n    failed -> person\n  -> end\n',
      "10:3 slotInHost",
    ],
    ["a file", 'step a\n  call GET "file:///etc/passwd"\n    failed -> person\n  -> end\n', "9:3 badUrl"],
    ["two steps of one name", "step a\n  -> end\nstep a\n  -> end\n", "10:1 nameTwice"],
  ])("%s", (_, text, code) => {
    expect(codesOf(steps(text))).toContain(code);
  });

  test("a circle with a question, or with one that is forgotten, is fine", () => {
    expect(
      codesOf(steps(`slot x: text\nstep a\n  ask x\n${words}  -> b\nstep b\n  forget x\n  -> a\n`)),
    ).toEqual([]);
  });
});

describe("bad input", () => {
  test("a text beyond the limit, a deep one, a thousand steps and one more, damaged bytes", () => {
    expect(codesOf("x".repeat(LIMITS.characters + 1))).toEqual(["1:1 tooLong"]);
    const deep = Array.from({ length: 60 }, (_, n) => `${" ".repeat(n)}say`).join("\n");
    expect(codesOf(deep).some((code) => code.endsWith("tooDeep"))).toBe(true);
    const many = (count: number) =>
      steps(
        Array.from(
          { length: count },
          (_, n) => `step s${n}\n  -> ${n + 1 < count ? `s${n + 1}` : "end"}\n`,
        ).join(""),
      );
    expect(codesOf(many(1_000))).toEqual([]);
    expect(codesOf(many(1_001))).toEqual(["2008:1 tooMany"]);
    expect(codesOf(`flow f\n# ${Buffer.from([0xfc]).toString("utf8")}\n`)).toEqual(["2:3 notText"]);
    expect(codesOf("flow f\0")).toEqual(["1:7 notText"]);
  });

  test("100,000 characters of anything are read in a moment", () => {
    const started = performance.now();
    for (const piece of [
      "step a\n",
      "  ",
      "\t",
      '"',
      "->",
      "{x}",
      "de:\n      ",
      "a, ",
      "if x is y and ",
      "#\n",
    ]) {
      const { document } = parseFlow(piece.repeat(Math.floor(LIMITS.characters / piece.length)));
      validateFlow(document);
      drawFlow(document);
    }
    const gap = " ".repeat(90_000);
    for (const text of [
      `slot x: a${gap}b`,
      `example e\n  a${gap}b`,
      `flow f\n  topic a${gap}b`,
      `step a\n  if x${gap}is y -> end`,
    ])
      expect(codesOf(text).some((code) => code.endsWith("lineTooLong"))).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("a cycle of a thousand steps ends: validated, drawn as a list, and run to a person", () => {
    const cyclic = steps(
      Array.from({ length: 1_000 }, (_, n) => `step s${n}\n  -> s${(n + 1) % 1_000}\n`).join(""),
    );
    expect(codesOf(cyclic)).toEqual(["8:1 circle"]);
    const { document } = parseFlow(cyclic);
    expect(drawFlow(document)).toBeNull();
    expect(
      new Dialogue(document, { ...context, language: "de" }).take({ kind: "customer", text: "s" }).standing,
    ).toBe("person");
  });

  test("HTML in a text stays a text", () => {
    const text = steps("step a\n  say\n    de: <script>alert(1)</script>\n    en: <b>x</b>\n  -> end\n");
    const beat = new Dialogue(parseFlow(text).document, { ...context, language: "de" }).take({
      kind: "customer",
      text: "s",
    });
    expect(said(beat)).toBe("<script>alert(1)</script>");
  });
});

describe("the formatter", () => {
  test("keeps every comment and block of words", () => {
    const text = `# top\nflow f\n  # of the title\n  title\n    de:    T\n    en: T\n  start\n    de: s\n    en: s\nstep a\n    # of the words\n    say\n       de:\n          Erste Zeile\n\n            # keine Bemerkung\n       en:   One\n    →   end\n# last\n`;
    const once = formatFlow(parseFlow(text).document);
    expect(once).toBe(
      `# top\n# of the title\nflow f\n  title\n    de: T\n    en: T\n  start\n    de: s\n    en: s\n\nstep a\n  # of the words\n  say\n    de:\n      Erste Zeile\n\n        # keine Bemerkung\n    en: One\n  -> end\n\n# last\n`,
    );
    expect(formatFlow(parseFlow(once).document)).toBe(once);
  });

  test("is idempotent, and means what the text meant, whatever is thrown together", () => {
    const line = fc.constantFrom(
      ...[
        "flow f",
        "  title",
        "    de: ä {x}",
        "    en: b",
        "  start",
        "  topic returns",
        "slot x: text",
        "slot o: order like HK-20417, always asked",
      ],
      ...[
        "step a",
        "step b",
        "  say",
        "  ask x",
        "  choose y",
        "    option yes -> b",
        "      de: Ja",
        "      en: Yes",
        "    tries 3",
        "    again",
      ],
      ...[
        '  if x is "a b" and open -> b',
        "  set x to is",
        "  forget x, o",
        "  -> a",
        "  hand over",
        "    summary: {x}",
        "# note",
        "      free words",
        "    de:",
      ],
      ...[
        '  call POST "https://a.example/{x}"',
        "    send x",
        "    read a.b as z",
        "    on 404 -> a",
        "    failed -> b",
        "example One",
        "  customer photo:",
        "  service: 200 {}",
        "",
      ],
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const first = parseFlow(lines.join("\n")).document;
        const once = formatFlow(first);
        const second = parseFlow(once).document;
        expect(formatFlow(second)).toBe(once);
        expect(meaning(second)).toEqual(meaning(first));
      }),
      { numRuns: 300 },
    );
  });
});

/** A document without places and comments. */
function meaning(document: unknown): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value) =>
      ["line", "column", "comments", "trailing"].includes(key) ? undefined : value,
    ),
  );
}

describe("the runner", () => {
  const play = (name: string, language: "de" | "en" = "de") => {
    const file = demo.find((one) => one.name === name);
    const dialogue = new Dialogue(parseFlow(file?.text ?? "").document, { ...context, language });
    return (text: string, more: { optionId?: string; photo?: boolean } = {}) =>
      dialogue.take({ kind: "customer", text, ...more });
  };

  test("asks for nothing that was named, not even beside another answer", () => {
    const say = play("return_parcel.flow");
    expect(said(say("HK-20417 soll zurück, ich wohne in 22765 Hamburg"))).toContain(
      "Warum geht die Bestellung HK-20417 zurück?",
    );
    const last = say("gefällt mir nicht");
    expect(last.standing).toBe("done");
    expect(last.values).toEqual({});
  });

  test("back forgets the last answer; a tap on an earlier question answers that one anew", () => {
    const say = play("return_parcel.flow");
    say("Paket zurückgeben");
    expect(say("HK-20417").at).toEqual({ step: "begin", at: 1 });
    expect(say("Gefällt mir nicht").at).toEqual({ step: "begin", at: 2 });
    expect(say("einen Schritt zurück").at).toEqual({ step: "begin", at: 1 });
    expect(say("zurück").values).toEqual({});
    say("HK-20418");
    expect(say("Gefällt mir nicht").values).toEqual({ order: "HK-20418", reason: "dislike" });
    const again = say("Falscher Artikel", { optionId: "go:begin.1.wrong" });
    expect(again.values).toEqual({ order: "HK-20418", reason: "wrong" });
    expect(again.at).toEqual({ step: "begin", at: 2 });
  });

  test("a number corrected at the question about it is asked about again", () => {
    const say = play("order_case.flow");
    say("HK-20417 ist weg");
    expect(said(say("nein, HK-20418 meine ich"))).toBe("Ihre Bestellnummer ist HK-20418. Stimmt das?");
  });

  test("five digits answer what was asked, and nothing beside it", () => {
    const say = play("return_parcel.flow");
    say("Paket zurückgeben");
    expect(say("20417").values).toEqual({ order: "HK-20417" });
    say("gefällt mir nicht");
    expect(say("22765").standing).toBe("done");
  });

  test("a number corrected at another question is taken, and that question asked again", () => {
    const say = play("return_parcel.flow");
    say("HK-20417 soll zurück");
    say("gefällt mir nicht");
    const beat = say("nein, es ist HK-20418");
    expect(beat.values).toEqual({ order: "HK-20418", reason: "dislike" });
    expect(beat.at).toEqual({ step: "begin", at: 2 });
  });

  test("a person and a stop are always within reach", () => {
    expect(play("order_case.flow")("Frage zu meiner Bestellung").standing).toBe("waiting");
    const say = play("order_case.flow");
    say("weg");
    expect(say("ich möchte mit einem Menschen sprechen").standing).toBe("person");
    const other = play("order_case.flow", "en");
    other("lost");
    expect(other("cancel").standing).toBe("cancelled");
  });
});

describe("the drawing", () => {
  test("is the same for the same flow, holds every step, and no two overlap", () => {
    for (const { text } of demo) {
      const { document } = parseFlow(text);
      const drawing = drawFlow(document);
      expect(drawFlow(document)).toEqual(drawing);
      const names = drawing?.nodes.map(({ step }) => step) ?? [];
      for (const { name } of document.steps) expect(names).toContain(name);
      const places = new Set(drawing?.nodes.map(({ x, y }) => `${x} ${y}`));
      expect(places.size).toBe(names.length);
      for (const { x, y } of drawing?.nodes ?? []) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThan(drawing?.height ?? 0);
      }
    }
  });
});

describe("what a service or a customer writes", () => {
  const call = steps(
    `slot note: text\nstep a\n  ask note\n${words}  call POST "https://shop.example/{note}"\n    send note\n    read where as place\n    failed -> person\n  say\n    de: {place}.\n    en: {place}.\n  -> end\n`,
  );
  const broken = `${"a".repeat(499)}😀`;

  test.each([
    ["a sign cut in two", JSON.stringify({ where: broken }), `${"a".repeat(499)}.`],
    ["a zero byte", '{"where":"at\\u0000 home"}', "at home."],
    ["half a sign", '{"where":"\\ud83d home"}', "\uFFFD home."],
    ["a number without end", '{"where":1e999}', undefined],
  ])("%s can be stored and said", (_, body, expected) => {
    expect(codesOf(call)).toEqual([]);
    const dialogue = new Dialogue(parseFlow(call).document, { ...context, language: "de" });
    dialogue.take({ kind: "customer", text: "s" });
    // A text slot takes 1,000 characters: the sign stands across the cut, and in the address of the call.
    const asked = dialogue.take({ kind: "customer", text: `${"n".repeat(999)}😀 \ud83d` });
    expect(asked).toMatchObject({ standing: "calling", values: { note: "n".repeat(999) } });
    // It is posted already.
    expect(dialogue.take({ kind: "customer", text: "abbrechen" }).standing).toBe("calling");
    const beat = dialogue.take({ kind: "service", status: 200, body });
    if (expected === undefined) expect(beat.standing).toBe("person");
    else expect([said(beat), beat.standing]).toEqual([expected, "done"]);
  });
});
