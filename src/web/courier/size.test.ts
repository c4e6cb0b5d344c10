import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { builtCourier } from "./testing/built-courier.ts";

const KB = 1_000;

describe("the courier's page", () => {
  const folder = join(builtCourier(), "courier");
  const read = (name: string) => readFileSync(join(folder, name));
  const zipped = (name: string): number => gzipSync(read(name), { level: 9 }).length;
  const page = read("index.html").toString("utf8");
  const named = [...page.matchAll(/(?:src|href)="\/courier\/([^"]+\.(?:js|css))"/g)].map(
    ([, name = ""]) => name,
  );

  it("loads at most 60 kB of scripts and styles over a thin net, and 6 kB of service worker", () => {
    expect(named.length).toBeGreaterThanOrEqual(2);
    expect(named.reduce((sum, name) => sum + zipped(name), 0)).toBeLessThanOrEqual(60 * KB);
    expect(zipped("sw.js")).toBeLessThanOrEqual(6 * KB);
  });

  it("can be installed: its manifest names icons that are there", () => {
    const manifest = JSON.parse(read("courier.webmanifest").toString("utf8"));
    expect(manifest).toMatchObject({ start_url: "/courier", scope: "/courier", display: "standalone" });
    const files = readdirSync(folder);
    for (const { src } of manifest.icons) expect(files).toContain(src.replace("/courier/", ""));
    expect(page).toContain('rel="manifest"');
  });

  it("carries neither the checking of contracts nor React, and nothing inline", () => {
    const scripts = named.filter((name) => name.endsWith(".js")).map((name) => read(name).toString("utf8"));
    expect(scripts.join("")).not.toMatch(/ZodError|react\.dev/);
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style|style="/);
    expect(read("sw.js").toString("utf8")).not.toMatch(/^import|import\(/);
  });
});
