import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Figure, Reading } from "./figure.ts";

const WEB = join(import.meta.dirname, "../../../dist/web");
const BEFORE_KB = 6;
const OPENED_KB = 40;
const DESK_KB = 200;

/** What a browser must load, gzip, in kB (1,000 bytes). */
export const webSizes: Figure = {
  name: "web-sizes",
  title: "widget before the click; opened chat; desk's first load (JavaScript, gzip)",
  goal: `<= ${BEFORE_KB} kB; <= ${OPENED_KB} kB; <= ${DESK_KB} kB`,
  measure: async () => measure(),
};

const gzipKb = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length / 1000;

/** A module and all it imports statically. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, "utf8");
  for (const [, path] of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g))
    withImports(join(dirname(file), path as string), seen);
  return seen;
}

const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzipKb(file), 0);

/** What the first view loads besides: its language and the sign-in page. */
const FIRST_VIEW = /^(de|sign-in-page)-.*\.js$/;

function deskScripts(): Set<string> {
  const page = readFileSync(join(WEB, "desk/index.html"), "utf8");
  const files = new Set<string>();
  for (const [, path] of page.matchAll(/(?:src|href)="([^"]+\.js)"/g)) {
    const file = join(WEB, "desk", (path as string).replace(/^\.?\/?(desk\/)?/, ""));
    for (const each of withImports(file)) files.add(each);
  }
  for (const name of readdirSync(join(WEB, "desk/assets")))
    if (FIRST_VIEW.test(name))
      for (const each of withImports(join(WEB, "desk/assets", name))) files.add(each);
  return files;
}

function measure(): Reading {
  if (!existsSync(join(WEB, "desk/index.html")))
    return { measured: "not built", meets: null, values: {}, notes: ["run npm run build first"] };
  const before = sum([join(WEB, "widget/widget.js")]);
  const opened = sum(withImports(join(WEB, "widget/chat.js")));
  const scripts = deskScripts();
  const desk = sum(scripts);
  const shown = (kb: number): string => `${kb.toFixed(1)} kB`;
  return {
    measured: `${shown(before)}; ${shown(opened)}; ${shown(desk)}`,
    meets: before <= BEFORE_KB && opened <= OPENED_KB && desk <= DESK_KB && scripts.size > 0,
    values: { beforeKb: before, openedKb: opened, deskKb: desk, deskScripts: scripts.size },
    notes: [
      `the desk's ${scripts.size} scripts: those its page names with their static imports, the German words and the sign-in page`,
    ],
  };
}
