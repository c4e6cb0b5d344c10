import type { FailAction } from "#kernel";

/** A body or a part of one, as the provider reads it. */
export type Body = Readonly<Record<string, unknown>>;

/** What does not fit WhatsApp; thrown by the renderers and caught by `render`. */
export class Unsendable extends Error {
  readonly action: FailAction;

  constructor(reason: string, action: FailAction = "never") {
    super(reason);
    this.action = action;
  }
}
