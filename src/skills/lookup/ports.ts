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

/** Shops and registers outside, asked without believing them: bounded in time, size, and where they may stand. */
export interface Outside {
  /** Never throws for what the other side does; follows no redirect, for the keys go along. */
  ask(request: RegisterRequest): Promise<RegisterAnswer>;
  /** Secrets of the node, made when first asked for; `name` says what they are for. */
  secret(name: string): Promise<string>;
  /** `t=SECONDS,v1=HEX` over method, address, body and time; `at` in ms. */
  sign(key: string, request: { method: string; url: string; body: string | null; at: number }): string;
  /** A file that lies in the company's folder on the node; null = none of that name. */
  readFile(tenantId: number, name: string): Promise<{ text: string; writtenAt: number } | null>;
}

export type OpenOutside = (house: House) => Outside;
