/** Why PostgreSQL could not be started; a stable word for code, the message is one sentence for the operator. */
export type EmbeddedFault =
  | "platform" // no binaries for this system
  | "account" // no system user to run as
  | "unreachable" // the system user may not enter the folder
  | "owner" // the data belong to somebody else
  | "in-use" // another node works in this folder
  | "version" // the data were written by another major version
  | "initdb" // the cluster could not be made
  | "start"; // the server did not come up

/** Thrown by everything in this folder. The message says what to do and names no secrets. */
export class EmbeddedPostgresError extends Error {
  readonly fault: EmbeddedFault;

  constructor(fault: EmbeddedFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedPostgresError";
    this.fault = fault;
  }
}

/** The `code` of a system error (`ENOENT`, `EACCES`, ...), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
