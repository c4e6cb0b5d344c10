import { readFileSync } from "node:fs";
import { readSettings, SETTINGS_PATH } from "./setup/settings-file.ts";

/**
 * Commands beside an installed node find it by the settings that `setup` wrote, without being told. What the
 * environment or --data names wins as a whole: then another node is meant. `start` gets them from systemd.
 * @returns settings to add to the environment
 */
export function installedSettings(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  path = SETTINGS_PATH,
): Record<string, string> {
  const namesAnother =
    args[0] === "start" ||
    args.some((one) => one === "--data" || one.startsWith("--data=")) ||
    Boolean(environment.AUGENHOEHE_DATA ?? environment.DATABASE_URL);
  if (namesAnother) return {};
  try {
    return readSettings(readFileSync(path, "utf8"));
  } catch {
    return {}; // not installed here, or not ours to read
  }
}
