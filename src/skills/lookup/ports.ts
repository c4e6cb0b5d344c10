import type { House } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. */

export interface RegisterRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
}

export type RegisterAnswer =
  | { readonly status: number; readonly body: string; readonly retryAfter: string | null }
  /** Why there is no answer, as the guarded door names it. */
  | { readonly failed: string };

/** text: null where it is as it was seen. Times in ms. */
export interface WatchedFile {
  readonly text: string | null;
  readonly writtenAt: number;
}

/** Shops and registers outside, asked without believing them: bounded in time, size, and where they may stand. */
export interface Outside {
  /** Never throws for what the other side does; follows no redirect, for the keys go along. */
  ask(request: RegisterRequest): Promise<RegisterAnswer>;
  /** Secrets of the node, made when first asked for; `name` says what they are for. */
  secret(name: string): Promise<string>;
  /** `t=SECONDS,v1=HEX` over method, address, body and time; `at` in ms. */
  sign(key: string, request: { method: string; url: string; body: string | null; at: number }): string;
  /** May this address be asked without encryption, because the operator has named its host? */
  mayBePlain(url: URL): boolean;
  /**
   * A file that lies in the company's folder on the node.
   * @param file.seenAt its time as it was seen last, ms; one that is the same is not read
   * @returns null = none of that name, or too large
   */
  readFile(file: { tenantId: number; name: string; seenAt: number | null }): Promise<WatchedFile | null>;
}

export type OpenOutside = (house: House) => Outside;
