/**
 * The catalogue of errors. A code is stable for ever; the sentence says what happened, what was kept and
 * what to do next. Mapped once, in http/problem.ts, to application/problem+json (RFC 9457).
 */
const catalogue = {
  bad_request: [400, "The request is not as the contract says; nothing was changed. See `errors`."],
  broken_json: [400, "The body is not JSON; nothing was stored. Send it again as valid JSON."],
  bad_signature: [401, "The signature does not match; nothing was stored. Check the app secret."],
  not_signed_in: [401, "You are not signed in. Nothing was changed. Sign in and repeat."],
  forbidden: [403, "Your role does not allow this. Nothing was changed. Ask an owner."],
  origin_not_allowed: [
    403,
    "This page may not use this widget. Nothing was stored. Add its origin to the channel.",
  ],
  not_found: [404, "There is nothing here under this id."],
  conflict: [409, "It changed meanwhile; your change was not saved. Load it again and repeat."],
  too_large: [413, "It is larger than allowed; nothing was stored. See the limit and send less."],
  unsupported_file: [415, "This kind of file is not accepted; nothing was stored."],
  window_closed: [422, "The 24-hour window is closed; the text was not sent. Use an approved template."],
  not_allowed_to_contact: [422, "There is no valid reason to write to this person; nothing was sent."],
  rule_broken: [422, "A rule of the domain forbids this; nothing was changed."],
  too_many_requests: [429, "Too many requests; nothing was stored. Wait as Retry-After says."],
  media_unavailable: [502, "The provider did not hand out the file. The message is kept; try again later."],
  provider_unavailable: [502, "The provider did not answer. What you wrote is kept and sent later."],
  internal: [500, "Something broke on our side. What was already answered with success is kept."],
  busy: [503, "The node is starting or overloaded; nothing was stored. Try again in a moment."],
} as const satisfies Record<string, readonly [status: number, text: string]>;

export type ErrorCode = keyof typeof catalogue;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** More for the reader, without personal data. */
  readonly detail: string | undefined;
  readonly fields: readonly { path: string; message: string }[] | undefined;

  constructor(code: ErrorCode, detail?: string, fields?: readonly { path: string; message: string }[]) {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
    this.status = catalogue[code][0];
    this.detail = detail;
    this.fields = fields;
  }

  /** The catalogue's sentence. */
  get text(): string {
    return catalogue[this.code][1];
  }
}

export function errorCatalogue(): readonly { code: ErrorCode; status: number; text: string }[] {
  return (Object.keys(catalogue) as ErrorCode[]).map((code) => ({
    code,
    status: catalogue[code][0],
    text: catalogue[code][1],
  }));
}
