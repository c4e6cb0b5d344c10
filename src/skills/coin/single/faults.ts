/** What can go wrong around the core. Every sentence says what became of what was asked. */

/** Another engine has taken the ledger over; this one writes nothing more. */
export class Superseded extends Error {
  readonly code = "coin_superseded";
  constructor() {
    super(
      "Another engine has taken this ledger over. Nothing more is written or acknowledged here; ask that one.",
    );
    this.name = "Superseded";
  }
}

/** Too much waits: nothing of it was looked at. */
export class LedgerBusy extends Error {
  readonly code = "coin_busy";
  constructor() {
    super("The ledger has too much to do at this moment. Nothing was done; send the same again in a second.");
    this.name = "LedgerBusy";
  }
}

/** It is not known what became of it; its id tells, because it is done once at most. */
export class LedgerUnavailable extends Error {
  readonly code = "coin_unavailable";
  constructor(reason: string) {
    super(
      `The ledger cannot answer (${reason}). Whether it was done is not known yet; send the very same again: it is done once at most.`,
    );
    this.name = "LedgerUnavailable";
  }
}

/** There is no ledger of this company. */
export class NoLedger extends Error {
  readonly code = "coin_no_ledger";
  constructor() {
    super("This company has no ledger.");
    this.name = "NoLedger";
  }
}

/** What is stored is not what was decided: somebody changed it, or a disk did. */
export class HistoryChanged extends Error {
  readonly code = "coin_history_changed";
  /** Of the first block that does not fit. */
  readonly height: number;
  constructor(height: number, what: string) {
    super(
      `Block ${height} is not what was committed: ${what}. Nothing is written until this is cleared up; restore a backup, or compare with the members' copies.`,
    );
    this.name = "HistoryChanged";
    this.height = height;
  }
}
