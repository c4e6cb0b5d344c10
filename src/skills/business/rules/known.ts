/** What the flow of one tenant decides from. */
export interface KnownCompanyWorld {
  /** By contact: for which company, and as what. */
  readonly persons: ReadonlyMap<number, { readonly companyId: number; readonly roles: readonly string[] }>;
  /** Sent, or run out not long ago. */
  readonly quotations: readonly KnownQuotation[];
  /** Those that may be meant by who reports trouble in this batch; of each company a few at most. */
  readonly machines: readonly KnownMachine[];
}

export interface KnownQuotation {
  readonly id: number;
  readonly number: string;
  readonly companyId: number;
  readonly conversationId: number | null;
  readonly version: number;
  readonly state: "sent" | "expired";
  /** YYYY-MM-DD, the last day. */
  readonly validUntil: string;
  readonly netCents: number;
  readonly grossCents: number;
  readonly currency: string;
  /** How many. */
  readonly lines: number;
  readonly delivery: string;
}

export interface KnownMachine {
  readonly id: number;
  readonly companyId: number;
  readonly key: string;
  readonly serial: string;
  readonly model: string;
}
