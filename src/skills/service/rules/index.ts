export * from "./classifier/index.ts";
export { findDateTime, type NamedTime, type TimeContext } from "./date-time.ts";
export {
  BARE_ORDER_NUMBER,
  type FoundEmail,
  type FoundPhone,
  findEmail,
  findOrderNumber,
  findPhone,
  findPostcode,
  type OrderNumberStyle,
  toE164,
} from "./entities.ts";
export { detectLanguage, type Language } from "./language.ts";
export { type Request, readRequest, wantsHuman } from "./requests.ts";
export { fold, MAX_TEXT_LENGTH, normalise, tokens } from "./text.ts";
export { localNow, toInstant } from "./zoned-time.ts";
