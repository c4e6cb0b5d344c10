import type { TenantProfile } from "#kernel";
import type { ArchivedMail } from "./rules/intake/index.ts";

/** What this skill asks of the house; bound in src/skills.ts. All times are ms since the epoch. */
export interface Hours {
  /** Is somebody there at this moment? */
  isOpen(profile: TenantProfile, atMs: number): boolean;
  /** The first moment at or after `atMs` at which somebody is there; null when there is none in sight. */
  nextOpening(profile: TenantProfile, atMs: number): number | null;
  /** By when a person answers somebody who waits since `sinceMs`. */
  dueAt(profile: TenantProfile, sinceMs: number): number;
}

/** Secrets of the node, made when first asked for; `name` says what they are for. */
export type NodeSecrets = (name: string) => Promise<string>;

/** A company's own HTTP service, asked without believing it: bounded in time, size and where it may stand. */
export interface CompanyServices {
  /** @returns every status is an answer; `failed` says why there is none. Never throws for what the other side does. */
  ask(request: {
    readonly method: "GET" | "POST";
    readonly url: string;
    readonly body: string | null;
    readonly timeoutMs: number;
    /** The same for every try of one call. */
    readonly key: string;
    /** Says that it is this node that asks for this company. */
    readonly signature: string;
  }): Promise<{ readonly status: number; readonly body: string } | { readonly failed: string }>;
}

/** What a company's flows reach outside of the conversation, and what reads its own archive. */
export interface Outside {
  readonly services: CompanyServices;
  readonly secrets: NodeSecrets;
  readonly letters: Letters;
  readonly pages: PublicPages;
}

/** Mails and pages of a company's own archive, read by the rules of the mail channel. */
export interface Letters {
  /** @returns null for what is no mail; never throws */
  read(raw: Buffer): ArchivedMail | null;
  /** The words of HTML, lines kept. */
  textOfHtml(html: string): string;
}

/** A public page, fetched without believing it. */
export interface PublicPages {
  /** @returns the bytes, or why there are none; never throws for what the other side does */
  fetch(url: string): Promise<{ readonly bytes: Buffer } | { readonly failed: string }>;
}

/**
 * A service outside of the house that turns texts into vectors, alike for texts that mean the same. There is none unless
 * the operator names one, and it is asked for no company that is not named with it.
 */
export interface EmbeddingService {
  /** Of service and model: vectors of another one cannot be compared. */
  readonly name: string;
  /** @param company its short name (slug) */
  serves(company: string): boolean;
  /** One vector a text, in their order, all of one length. Never throws for what the other side does. */
  embed(
    texts: readonly string[],
    timeoutMs: number,
  ): Promise<{ readonly vectors: readonly Float32Array[] } | { readonly failed: string }>;
}
