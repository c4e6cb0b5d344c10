import { migrate, readConfig } from "#kernel";
import { surveyDatabase } from "../kernel/db/survey.ts";
import { migrationSets } from "../migrations.ts";
import { joinDatabase } from "./database.ts";
import { print, readOptions } from "./options.ts";

/** `migrate`: brings the database up to date and lists what is in it. */
export async function migrateCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: { data: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const database = await joinDatabase(readConfig({ dataDir: values.data }));
  try {
    const applied = await migrate(database.address, migrationSets, Date.now());
    const { migrations } = await surveyDatabase(database.address, migrationSets, Date.now);
    if (values.json) print(JSON.stringify({ applied, all: migrations.applied, unknown: migrations.unknown }));
    else {
      const now = new Set(applied);
      const unknown = new Set(migrations.unknown);
      const marks = migrations.applied.map((name) =>
        now.has(name) ? "applied now" : unknown.has(name) ? "not of this version" : "there already",
      );
      print(migrations.applied.map((name, n) => `${marks[n]?.padEnd(19)}  ${name}`).join("\n"));
    }
    return 0;
  } finally {
    await database.stop();
  }
}
