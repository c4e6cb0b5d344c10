import { isFields } from "./fields.ts";

/** Limits of a form's answer; beyond them the text is kept and the values are not. */
const FORM_MAX_CHARS = 65_536;
const FORM_MAX_DEPTH = 16;

/** What PostgreSQL's jsonb refuses: NUL and lone surrogates. An escaped backslash is stepped over first. */
const UNFIT_ESCAPES = /(\\\\)|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/**
 * @param response `nfm_reply.response_json`: JSON inside a string, in practice also null or broken.
 * @returns null when it is no JSON object or larger than allowed.
 */
export function formValues(response: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof response !== "string" || response.length > FORM_MAX_CHARS) return null;
  try {
    const values: unknown = JSON.parse(response);
    if (!isFields(values) || !isShallow(values, FORM_MAX_DEPTH)) return null;
    // stringify escapes exactly the characters that must go, and leaves paired surrogates alone
    const text = JSON.stringify(values);
    const clean: unknown = JSON.parse(text.replace(UNFIT_ESCAPES, "$1"));
    return isFields(clean) ? clean : null;
  } catch {
    return null;
  }
}

function isShallow(value: unknown, depthLeft: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depthLeft > 0 && Object.values(value).every((each) => isShallow(each, depthLeft - 1));
}
