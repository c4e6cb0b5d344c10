export { fold, tokens } from "../engine/index.ts";
export { findDateTime, type NamedTime, type TimeContext } from "./date-time.ts";
export {
  BARE_ORDER_NUMBER,
  type FoundPhone,
  findOrderNumber,
  findPhone,
  type OrderNumberStyle,
} from "./entities.ts";
export { detectLanguage, type Language } from "./language.ts";
export { type Request, readRequest } from "./requests.ts";
