import type { ProviderError } from "#kernel";
import { fieldsOf, isFields, listOf, NAME_MAX_CHARS, numberOf, stringOf } from "./fields.ts";

const DETAILS_MAX_CHARS = 1000;
const ERRORS_MAX = 20;

/** @param value `errors[]` of a message, a status or a body; what is no object is left out. */
export function errorsOf(value: unknown): ProviderError[] {
  return listOf(value).filter(isFields).slice(0, ERRORS_MAX).map(errorOf);
}

/** One error object, from a webhook or from the answer to a send. */
export function errorOf(value: unknown): ProviderError {
  const error = fieldsOf(value);
  const title = stringOf(error.title, NAME_MAX_CHARS) || stringOf(error.message, NAME_MAX_CHARS) || "error";
  const data = fieldsOf(error.error_data);
  const details = stringOf(data.details, DETAILS_MAX_CHARS) || stringOf(error.details, DETAILS_MAX_CHARS);
  return { code: numberOf(error.code) ?? 0, title, ...(details ? { details } : {}) };
}
