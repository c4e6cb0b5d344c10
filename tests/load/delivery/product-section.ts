import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Summary } from "../../../src/skills/delivery/engine/index.ts";
import type { ProductSummary } from "../../../src/skills/delivery/simulation/index.ts";
import { table } from "./markdown-table.ts";
import type { Compared, SimulatedSize } from "./simulated.ts";
import { percent } from "./solving.ts";

/** The last section of the page about simulated evenings: the same evenings through the whole product. */

const HEADING = "## Through the whole product";

export interface ProductSection {
  readonly compared: readonly Compared[];
  readonly size: SimulatedSize;
  readonly load: number;
}

/** What a page says of the product already, with an empty line before it; "" without. */
export function productSectionOf(file: string): string {
  const page = existsSync(file) ? readFileSync(file, "utf8") : "";
  const at = page.indexOf(HEADING);
  return at < 0 ? "" : `\n${page.slice(at)}`;
}

/** Puts the section at the end of a page in the place of an earlier one. @param file ends in .md */
export function writeProductSection(file: string, section: ProductSection): void {
  if (!file.endsWith(".md")) throw new Error("--report names a file that ends in .md.");
  const page = existsSync(file) ? readFileSync(file, "utf8") : "# Simulated evenings of delivery\n";
  const at = page.indexOf(HEADING);
  const rest = (at < 0 ? page : page.slice(0, at)).trimEnd();
  writeFileSync(file, `${rest}\n\n${linesOf(section).join("\n")}\n`);
}

function linesOf({ compared, size, load }: ProductSection): string[] {
  const { requests, couriers, evenings, seeds } = size;
  const nights = evenings * seeds.length;
  return [
    HEADING,
    "",
    "Made by what `npm run bench delivery -- --figure simulate --full --report FILE` runs; not edited by hand.",
    "",
    `The same customers, streets and presence, but asked, held, booked, changed and cancelled through the product on a PostgreSQL of its own: its`,
    "timers end holds and look at the evening each minute, couriers' phones tell what happened late, twice, out of order or not at all for a while, and",
    "what is counted stands in rows and in messages that were queued for customers. The same seed gives the same figures.",
    `${nights} ${nights === 1 ? "evening" : "evenings"} with each tail, ${requests} requests and ${couriers} couriers, ${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}, at a load of ${load.toFixed(1)}.`,
    "",
    ...table(
      ["", ...compared.flatMap(({ tail }) => [`${tail} tail: engine`, "product"])],
      [...bothRows(compared), ...productRows(compared)],
    ),
  ];
}

function bothRows(compared: readonly Compared[]): string[][] {
  const row = (name: string, of: (one: Omit<Summary, "replans"> | ProductSummary) => string) => [
    name,
    ...compared.flatMap(({ engine, product }) => [of(engine), of(product)]),
  ];
  return [
    row("stops an evening", ({ stops }) => `${stops}`),
    row("wishes that were offered a window", ({ acceptance }) => percent(acceptance)),
    row("windows kept", ({ windowKept }) => percent(windowKept)),
    row("broken promises announced before the window's end", ({ lateAnnounced }) =>
      lateAnnounced === null ? "none broken" : percent(lateAnnounced),
    ),
    row("notice: mean error", ({ notice }) => `${notice.meanError_min} min`),
    row("arrived inside the half-hour first told", ({ notice }) => percent(notice.inside)),
    row("told at all, so long ahead", ({ notice }) => `${percent(notice.sent)}, ${notice.lead_min} min`),
    row("said again", ({ notice }) => percent(notice.again)),
    row("first attempt, expected at 0.7 % absent", ({ firstAttempt }) => percent(firstAttempt)),
    row("minutes a stop, under way", (one) => `${one.costPerStop.minutes}, ${one.costPerStop.underWay_min}`),
    row("kilometres a parcel handed over", ({ footprint }) => footprint.notice.kilometres.toFixed(2)),
    row("buffer in the end", ({ buffers_min }) => `${(buffers_min.at(-1) ?? 0).toFixed(1)} min`),
  ];
}

function productRows(compared: readonly Compared[]): string[][] {
  const row = (name: string, of: (one: ProductSummary["product"]) => string) => [
    name,
    ...compared.flatMap(({ product }) => ["", of(product.product)]),
  ];
  return [
    row("promises that no plan held, of plans judged", (one) => `${one.overPromises} of ${one.plansChecked}`),
    row("first attempt, as it was drawn", ({ firstAttemptSeen }) => percent(firstAttemptSeen)),
    row(
      "things told by couriers, told twice",
      ({ perEvening }) => `${perEvening.events}, ${perEvening.known}`,
    ),
    row(
      "recorded otherwise than they happened; not at all",
      (one) => `${one.recordedWrong}; ${one.notRecorded}`,
    ),
    row("messages queued for customers, an evening", ({ perEvening }) => `${perEvening.messages}`),
  ];
}
