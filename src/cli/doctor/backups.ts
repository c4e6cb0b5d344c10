import type { BackupState, Config } from "#kernel";
import { type Finding, findings } from "./finding.ts";

const HOUR_MS = 3_600_000;
const BACKUP_WARN_HOURS = 36;
const BACKUP_BAD_HOURS = 24 * 7;
const DRILL_WARN_HOURS = 24 * 15;

const hours = (ms: number): number => Math.floor(ms / HOUR_MS);
const ago = (ms: number): string =>
  hours(ms) < 48 ? `${hours(ms)} hours ago` : `${Math.floor(hours(ms) / 24)} days ago`;

/** How old the last good backup is, whether it was ever proved, and whether a restore still holds messages. */
export function backupFindings(state: BackupState, config: Config, now: number): Finding[] {
  const { list, ok, warn, bad } = findings();
  const { lastBackup, lastDrill, failedBackup, failedDrill } = state;
  if (!lastBackup)
    warn(
      "backup",
      failedBackup
        ? `None was ever good; the last try failed: ${failedBackup.note}`
        : "There is none: make a key (augenhoehe backup key --out FILE), set BACKUP_TO and BACKUP_KEY_FILE, and the node makes one each night.",
    );
  else {
    const age = now - lastBackup.begunAt;
    const text = `The last good one was made ${ago(age)}`;
    if (failedBackup)
      (hours(age) >= BACKUP_BAD_HOURS ? bad : warn)(
        "backup",
        `${text}; since then it failed: ${failedBackup.note}`,
      );
    else if (config.backupTo && hours(age) >= BACKUP_WARN_HOURS)
      (hours(age) >= BACKUP_BAD_HOURS ? bad : warn)(
        "backup",
        `${text}, one a night is planned: look at the node's log, or run augenhoehe backup.`,
      );
    else if (!config.backupTo) warn("backup", `${text}; none is planned: set BACKUP_TO and BACKUP_KEY_FILE.`);
    else ok("backup", `${text}.`);
  }
  if (lastBackup) {
    const age = lastDrill ? now - lastDrill.begunAt : Number.POSITIVE_INFINITY;
    if (failedDrill) bad("restore drill", `The last one failed: ${failedDrill.note}`);
    else if (hours(age) >= DRILL_WARN_HOURS)
      warn(
        "restore drill",
        `${lastDrill ? `The last one was ${ago(age)}` : "None yet"}: augenhoehe restore --drill proves that the backup can be restored.`,
      );
    else ok("restore drill", `A backup was restored and checked ${ago(age)}.`);
  }
  if (state.heldSince !== null)
    warn(
      "restore",
      `Since the restore ${ago(now - state.heldSince)} messages are held that may have been sent before: look at the desk, then augenhoehe restore --release send or --release drop.`,
    );
  return list;
}
