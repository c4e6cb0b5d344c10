import { type Fault, type Import, isTest, type Rule, type SourceFile } from "./source.ts";

/** A room of the house: which of our own doors and files its files may import. */
interface Room {
  readonly name: string;
  readonly holds: RegExp;
  /** Matched against the target's path, or against `#kernel...`. `$1` is the first group of `holds`. */
  readonly mayImport: readonly string[];
  /** Packages that may be imported; undefined allows all of them. */
  readonly packages?: RegExp;
}

const ANY_OF_OURS = "src/(?!web/).+";

/** First match counts, so the narrow rooms come first. */
const ROOMS: readonly Room[] = [
  {
    name: "the kernel's contracts",
    holds: /^src\/kernel\/(?:api\/.+|http\/contract\.ts)$/,
    mayImport: ["src/kernel/api/.+", "src/kernel/http/contract\\.ts"],
    packages: /^zod$/,
  },
  { name: "the kernel", holds: /^src\/kernel\/.+/, mayImport: ["src/kernel/.+"] },
  {
    name: "the coin's bytes",
    holds: /^src\/skills\/coin\/api\.ts$/,
    mayImport: ["src/skills/coin/engine/(?:decode|encode|faults|genesis|limits|transaction)\\.ts"],
    packages: /^$/,
  },
  {
    name: "a skill's contracts",
    holds: /^src\/skills\/([^/]+)\/(?:api\.ts$|api\/.+)/,
    mayImport: ["#kernel/api", "src/skills/$1/api/.+"],
    packages: /^zod$/,
  },
  {
    name: "a skill's panels",
    holds: /^src\/skills\/([^/]+)\/panels\/.+/,
    mayImport: ["#kernel/api", "src/skills/$1/(?:panels/.+|api\\.ts)", "src/web/(?:ui|client)/.+"],
  },
  {
    name: "the answer engine",
    holds: /^src\/skills\/service\/engine\/.+/,
    mayImport: ["src/skills/service/engine/.+"],
  },
  {
    name: "the routing engine",
    holds: /^src\/skills\/delivery\/engine\/.+/,
    mayImport: ["src/skills/delivery/engine/.+"],
  },
  {
    name: "the coin's core",
    holds: /^src\/skills\/coin\/engine\/.+/,
    mayImport: ["src/skills/coin/engine/.+"],
  },
  {
    name: "the wallet",
    holds: /^src\/skills\/(wallet)\/.+/,
    // A transaction is written in one way, at the node and in the page.
    mayImport: [
      "#kernel",
      "#kernel/api",
      "src/skills/$1/(?!panels/).+",
      "src/skills/[^/]+/events\\.ts",
      "src/skills/coin/api\\.ts",
    ],
  },
  {
    name: "a skill",
    holds: /^src\/skills\/([^/]+)\/.+/,
    mayImport: ["#kernel", "#kernel/api", "src/skills/$1/(?!panels/).+", "src/skills/[^/]+/events\\.ts"],
  },
  {
    name: "a channel",
    holds: /^src\/channels\/([^/]+)\/.+/,
    mayImport: ["#kernel", "#kernel/api", "src/channels/$1/.+"],
  },
  {
    name: "the web",
    holds: /^src\/web\/.+/,
    // A quotation comes to the same at the node and under the keys of who writes it: one rule of counting for both.
    mayImport: [
      "#kernel/api",
      "src/web/.+",
      "src/skills/[^/]+/(?:api\\.ts|panels/.+)",
      "src/skills/business/api/totals\\.ts",
      // So do a week's costs, and prices stand in one place.
      "src/skills/week/api/costs\\.ts",
      // A customer checks by the same code in the page and on the command line; two pages write and read the same codes.
      "src/skills/wallet/api/(?:check|offer)\\.ts",
      // And a map is drawn alike at the node and in the page.
      "src/skills/delivery/api/map(?:-layers|-svg)?\\.ts",
    ],
  },
  { name: "a simulator", holds: /^src\/simulator\/.+/, mayImport: ["src/simulator/.+"] },
  {
    name: "the composition",
    holds: /^src\/(?:main|skills|channels|migrations)\.ts$|^src\/(?:cli|node)\/.+/,
    mayImport: ["#kernel", "#kernel/api", ANY_OF_OURS, "demo/.+"],
  },
];

/** Tests may also use the test world and speak to a simulator. */
const FOR_TESTS = ["#kernel/testing", "src/simulator/.+", "demo/.+", "tests/.+"];

/** The layer rule: every import goes through a door that its room may use. */
export const layers: Rule = (files) =>
  files.filter(({ path }) => path.startsWith("src/")).flatMap((file) => checkFile(file));

function checkFile(file: SourceFile): Fault[] {
  if (!file.syntax) return [];
  const room = ROOMS.find(({ holds }) => holds.test(file.path));
  if (!room)
    return [{ path: file.path, message: "belongs to no room: design.md says where each file lives" }];
  const owner = room.holds.exec(file.path)?.[1] ?? "";
  const patterns = [...room.mayImport, ...(isTest(file.path) ? FOR_TESTS : [])];
  const allowed = new RegExp(`^(?:${patterns.map((one) => one.replace("$1", owner)).join("|")})$`);
  return file.syntax.imports
    .filter((one) => !mayImport(one, allowed, isTest(file.path) ? undefined : room.packages))
    .map(({ specifier, line }) => ({
      path: file.path,
      line,
      message: `${room.name} may not import ${specifier}`,
    }));
}

function mayImport({ specifier, target }: Import, allowed: RegExp, packages: RegExp | undefined): boolean {
  if (target !== undefined) return allowed.test(target);
  if (specifier.startsWith("#")) return allowed.test(specifier);
  return packages === undefined || packages.test(specifier);
}
