import { fileURLToPath } from "node:url";
import type { MigrationSet } from "#kernel";
import { skills } from "./skills.ts";

/** Every room's migrations in the order they are applied: the kernel first, then the skills as listed. */
export const migrationSets: readonly MigrationSet[] = [
  { room: "kernel", directory: fileURLToPath(new URL("./kernel/db/migrations", import.meta.url)) },
  ...skills.flatMap((skill) => (skill.migrations ? [{ room: skill.id, directory: skill.migrations }] : [])),
];
