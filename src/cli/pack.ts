import { readPacks } from "../skills/service/adapters/pack-files.ts";
import { checkPack } from "../skills/service/rules/packs/index.ts";
import { print, readOptions, UsageError } from "./options.ts";

const USAGE = "Say `pack check [TRADE]`.";

/** `augenhoehe pack …`: starter packs. @returns the exit code */
export async function packCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  const { positionals } = readOptions(rest, { options: {}, allowPositionals: true });
  if (verb === "check") return checkCommand(positionals);
  throw new UsageError(USAGE);
}

/** For whoever writes a pack: everything that is wrong with it. */
async function checkCommand([only]: readonly string[]): Promise<number> {
  const { all, faults } = await readPacks();
  const packs = all.filter(({ name }) => (only === undefined ? name !== "base" : name === only));
  if (packs.length === 0) throw new UsageError(`There is no pack ${only}.`);
  const found = [
    ...faults.filter(({ file }) => only === undefined || file.startsWith(`packs/${only}/`)),
    ...packs.flatMap((pack) => checkPack(pack, Date.now())),
  ];
  for (const { file, line, message } of found) print(`${file}${line > 0 ? `:${line}` : ""}: ${message}`);
  for (const { name, topics, placeholders } of packs) {
    const count = (language: "de" | "en") =>
      topics.reduce((sum, { words }) => sum + words[language].examples.length, 0);
    print(
      `${name}: ${topics.length} topics, ${count("de")} German and ${count("en")} English examples, ${placeholders.length} placeholders`,
    );
  }
  print(`${found.length} faults`);
  return found.length === 0 ? 0 : 1;
}
