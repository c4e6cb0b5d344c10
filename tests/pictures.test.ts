import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { withoutCode } from "./guide/markdown.ts";
import { pictureFaults, type Shown, shownIn, takenIn } from "./guide/pictures.ts";

/** The handbook shows what the browser journeys saw, all of it and nothing else; its German chapters show the same. */

const ROOT = dirname(import.meta.dirname);
const FOLDER = "docs/guide/pictures";
const MOST_BYTES = 120_000;
const MOST_PICTURES = 25;

/** Chapters in the order in which a newcomer reads them, and their German twins. */
const CHAPTERS = {
  "README.md": "README.md",
  "go-live.md": "online-gehen.md",
  "connect.md": "verbinden.md",
  "fill.md": "befuellen.md",
  "first-day.md": "erster-tag.md",
  "business.md": "firmenkunden.md",
  "trouble.md": "wenn-etwas-klemmt.md",
  "week.md": "die-woche.md",
  "delivery-evening.md": "lieferabend.md",
};

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
const DOCUMENTS = ["README.md", ...markdownIn("docs/guide"), ...markdownIn("docs/guide/de")];

const shown: Shown[] = DOCUMENTS.flatMap((path) => shownIn(path, read(path)));
const taken = readdirSync(join(ROOT, "tests/browser"))
  .filter((name) => name.endsWith(".test.ts"))
  .flatMap((name) => takenIn(name, read(`tests/browser/${name}`)));
const files = readdirSync(join(ROOT, FOLDER));
const kept = files.map((name) => name.replace(/\.webp$/, ""));

test("the guide shows what journeys take, journeys take what the guide shows, and every picture is there", () => {
  expect(pictureFaults(taken, shown, kept)).toEqual([]);
});

test("every picture stands where its document says", () => {
  const lost = shown.filter(({ document, path }) => !existsSync(join(ROOT, dirname(document), path)));
  expect(lost).toEqual([]);
});

test("pictures are few and small", () => {
  expect(files.length).toBeLessThanOrEqual(MOST_PICTURES);
  const large = files.filter((name) => statSync(join(ROOT, FOLDER, name)).size > MOST_BYTES);
  expect(large).toEqual([]);
});

test.each(Object.entries(CHAPTERS))(
  "%s and de/%s show the same pictures, and the start page leads to both",
  (en, de) => {
    const names = (document: string) =>
      shown.filter((one) => one.document === document).map(({ path }) => path.split("/").at(-1));
    expect(names(`docs/guide/de/${de}`)).toEqual(names(`docs/guide/${en}`));
    if (en === "README.md") return;
    expect(read("docs/guide/README.md")).toContain(`](${en})`);
    expect(read("docs/guide/de/README.md")).toContain(`](${de})`);
  },
);

test("every link of the guide leads to a file, and to a heading that is there", () => {
  const anchorsOf = (path: string): string[] =>
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
  const broken = DOCUMENTS.flatMap((document) =>
    [...withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
      if (/^(https?:|mailto:)/.test(link)) return [];
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, target))) return [`${document}: ${link}`];
      return anchor && !anchorsOf(target).includes(anchor) ? [`${document}: ${link} (no such heading)`] : [];
    }),
  );
  expect(broken).toEqual([]);
});

describe("what is wrong is named", () => {
  const one: Shown = { document: "g.md", path: "pictures/a.webp", words: "The desk with a list" };
  const well = { taken: ["a"], shown: [one], kept: ["a"] };

  test.each([
    [{ ...well, taken: [] }, "g.md shows pictures/a.webp, which no journey takes"],
    [{ ...well, taken: ["a", "b"] }, '"b" is taken, and no document shows it'],
    [{ ...well, taken: ["a", "a"] }, '"a" is taken twice'],
    [{ ...well, kept: [] }, '"a" is missing: npm run pictures'],
    [{ ...well, kept: ["a", "old"] }, "docs/guide/pictures/old.webp is shown nowhere"],
    [{ ...well, shown: [{ ...one, words: "" }] }, "g.md does not say what pictures/a.webp shows"],
  ])("%#", (given, sentence) => {
    expect(pictureFaults(well.taken, well.shown, well.kept)).toEqual([]);
    expect(pictureFaults(given.taken, given.shown, given.kept)).toEqual([sentence]);
  });

  test("a name that is no literal", () => {
    expect(() => takenIn("x.test.ts", "await picture(page, name);")).toThrow("x.test.ts takes a picture");
    expect(takenIn("x.test.ts", 'await picture(desk.page, "a-1", panel);')).toEqual(["a-1"]);
  });

  test("pictures as Markdown and as img", () => {
    const text = 'x ![The desk](pictures/a.webp) <img src="pictures/b.webp" width="300" alt="A phone">';
    expect(shownIn("g.md", text)).toEqual([
      { document: "g.md", path: "pictures/a.webp", words: "The desk" },
      { document: "g.md", path: "pictures/b.webp", words: "A phone" },
    ]);
  });
});
