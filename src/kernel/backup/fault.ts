/** What can be wrong with a backup, as one sentence that says what was kept and what to do. */
export type BackupFaultCode =
  | "damaged"
  | "wrong-key"
  | "newer"
  | "no-backup"
  | "running"
  | "busy"
  | "not-empty"
  | "no-space"
  | "refused";

export class BackupFault extends Error {
  readonly code: BackupFaultCode;

  constructor(code: BackupFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** @param at byte of the file */
export function damaged(at: number, what: string): BackupFault {
  return new BackupFault(
    "damaged",
    `The backup is damaged at byte ${at}: ${what}. Nothing was changed; take another backup.`,
  );
}
