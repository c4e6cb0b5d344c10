/** The kernel's only door. */
export type {
  ChannelAccount,
  ChannelAdapter,
  ChannelLimits,
  FailAction,
  IdentityKey,
  Inbound,
  OutboundMessage,
  ProviderApp,
  ProviderError,
  SendResult,
  WebhookRequest,
} from "./channel.ts";
export { type Clock, systemClock } from "./clock.ts";
export { type MigrationSet, migrate } from "./db/migrate.ts";
export { type Database, embeddedAddress, openDatabase, type Tx, urlAddress } from "./db/open.ts";
export type { FlowState, HandOver, KernelTables } from "./db/tables.ts";
export {
  type Content,
  type DeliveryStatus,
  type Media,
  type MediaType,
  type Option,
  textOf,
} from "./dialogue/content.ts";
export { AppError, type ErrorCode } from "./errors.ts";
export { appendEvents, type NewEvent } from "./events/append.ts";
export { openWire, type Wire } from "./events/wire.ts";
export { type Actor, type AnyRoute, type Call, route } from "./http/route.ts";
export { type Catalogue, type FormOfAddress, type Language, translate } from "./i18n/catalogue.ts";
export { randomToken } from "./ids.ts";
export {
  defineSkill,
  type Effect,
  type Flow,
  type House,
  type PersonalData,
  type Saying,
  type SkillManifest,
  type Timer,
  type Turn,
} from "./skill.ts";
export type { OpeningHours, TenantProfile } from "./tenants/profile.ts";
export { openRegistry, type RegisteredAccount, type Registry } from "./tenants/registry.ts";
