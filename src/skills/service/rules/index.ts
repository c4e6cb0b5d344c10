export { fold, tokens } from "../engine/index.ts";
export { type CutText, cutText, type Part } from "./cutting/index.ts";
export { corrected, findDateTime } from "./date-time/index.ts";
export { type Emergency, readEmergency } from "./emergency.ts";
export { findPhone } from "./entities/contact-details.ts";
export {
  type Entity,
  type EntityContext,
  type EntityKind,
  findEntities,
  findEntity,
} from "./entities/index.ts";
export { BARE_ORDER_NUMBER, findOrder, type OrderNumberStyle } from "./entities/order-number.ts";
export { detectLanguage, type Language } from "./language.ts";
export { oneLine } from "./one-line.ts";
export { isSoftStop, type Request, readRequest, soundsAngry } from "./requests.ts";
export { respell } from "./spelling.ts";
