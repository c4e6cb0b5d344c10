/** Why a file gives no proposals. Each has a sentence in the messages. */
export type IntakeFault =
  | "empty"
  | "unknown_kind"
  | "packed"
  | "not_text"
  | "broken_json"
  | "no_columns"
  | "no_questions"
  | "own_unknown"
  | "too_many"
  | "page_unreachable"
  | "page_too_large"
  | "incomplete"
  | "took_too_long";

/** Ends the reading of a file; nothing of it is kept then. */
export class IntakeError extends Error {
  readonly fault: IntakeFault;

  constructor(fault: IntakeFault, detail = "") {
    super(detail === "" ? fault : `${fault}: ${detail}`);
    this.name = "IntakeError";
    this.fault = fault;
  }
}
