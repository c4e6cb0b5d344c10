import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { builtPages } from "./testing/built-pages.ts";

const KB = 1_000;

/** Bytes on the way, as look.md budgets them (chapter 11). */
function zipped(text: string | Buffer): number {
  return gzipSync(text, { level: 9 }).length;
}

describe("the widget's size", () => {
  const folder = join(builtPages(), "widget");
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  it("before the click: at most 6 kB", () => {
    expect(zipped(read("widget.js"))).toBeLessThanOrEqual(6 * KB);
  });

  it("windows in a shop's checkout: at most 15 kB, alone", () => {
    expect(zipped(read("delivery-widget.js"))).toBeLessThanOrEqual(15 * KB);
    expect(read("delivery-widget.js")).not.toMatch(/localStorage|document\.cookie|import\(/);
  });

  it("after the click: at most 40 kB of script, its styles at most 10 kB of them", () => {
    expect(zipped(read("chat.js"))).toBeLessThanOrEqual(40 * KB);
    // The sources, which are longer than what the build makes of them.
    const styles = fileURLToPath(new URL("./chat/style/", import.meta.url));
    const files = readdirSync(styles)
      .filter((name) => name.endsWith(".css"))
      .map((name) => join(styles, name));
    const tokens = fileURLToPath(new URL("../ui/tokens.css", import.meta.url));
    const css = [tokens, ...files].map((file) => readFileSync(file, "utf8")).join("");
    expect(files.length).toBeGreaterThan(3);
    expect(zipped(css)).toBeLessThanOrEqual(10 * KB);
  });

  it("is one script and its fonts: nothing else is loaded", () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const names = files.map(({ name }) => name.replace(/-[\w-]{8}\.woff2$/, ".woff2")).sort();
    expect(names).toEqual([
      "chat.js",
      "delivery-widget.js",
      "familjen-grotesk-latin-wght-normal.woff2",
      "red-hat-text-latin-wght-normal.woff2",
      "widget.js",
    ]);
    expect(read("chat.js")).not.toMatch(/ZodError|react\.dev/);
  });

  it("the loader knows no storage, no cookie and no request of its own", () => {
    expect(read("widget.js")).not.toMatch(
      /localStorage|sessionStorage|indexedDB|document\.cookie|fetch\(|XMLHttpRequest|sendBeacon/,
    );
  });
});
