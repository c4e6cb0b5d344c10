/** The kernel's only door. */

export { createStaffAccount, hashPassword, insertStaff } from "./auth/accounts.ts";
export { createApiKey } from "./auth/api-keys.ts";
export { isCodeNeeded, makeSetupCode, setupLink } from "./auth/setup-code.ts";
export { type StaffAddress, staffAddresses } from "./auth/staff-addresses.ts";
export { moveCounters } from "./backup/counters.ts";
export type { BackupReport, Progress } from "./backup/dump.ts";
export { BackupFault } from "./backup/fault.ts";
export type { BackupHeader } from "./backup/header.ts";
export { holdAfterRestore, isFromBeforeRestore, releaseHold, wasRestoredSince } from "./backup/hold.ts";
export { newKeyText } from "./backup/key.ts";
export { checkBackup, type LoadReport, loadBackup } from "./backup/load.ts";
export { type Location, openPlace } from "./backup/open-place.ts";
export type { BackupPlace } from "./backup/place.ts";
export { isBackupDue, isDrillDue, nameTime, newest } from "./backup/rules.ts";
export { type BackupState, recordRun, surveyBackups } from "./backup/runs.ts";
export { readWorked, type Worked } from "./backup/since.ts";
export { type Taken, takeBackup } from "./backup/take.ts";
export {
  applyTakebacks,
  mergeTakebacks,
  parseTakebacks,
  readTakebacks,
  TAKEBACKS_DAYS,
  TAKEBACKS_FILE,
  type Takebacks,
} from "./backup/takebacks.ts";
export { byteLru, type CacheFigures } from "./byte-lru.ts";
export type {
  ChannelAccount,
  ChannelAdapter,
  ChannelLimits,
  ConnectionPlan,
  ConnectionStep,
  FailAction,
  IdentityKey,
  Inbound,
  Listener,
  ListeningHouse,
  MailboxPosition,
  OutboundMessage,
  ProviderApp,
  ProviderError,
  SendResult,
  WebhookRequest,
} from "./channel.ts";
export { type Clock, systemClock } from "./clock.ts";
export { type Config, readConfig } from "./config.ts";
export {
  type Agreement,
  agree,
  crossing,
  listAgreements,
  proposeAgreement,
  revokeAgreement,
} from "./consent/agreements.ts";
export { recordDecision, recordDecisions } from "./consent/decisions.ts";
export { answerForm } from "./consent/form-answer.ts";
export {
  type ConsentHow,
  type Grant,
  grantConsent,
  listGrants,
  type NewGrant,
  withdrawConsent,
} from "./consent/grants.ts";
export { type LedgerReport, tenantsWithConsents, verifyLedger } from "./consent/ledger.ts";
export { type Notice, type NoticeFate, queueNotices } from "./consent/notice.ts";
export { registerOneClick } from "./consent/one-click.ts";
export { type Mask, pseudonyms } from "./consent/pseudonym.ts";
export { isStop } from "./consent/stop-words.ts";
export { logListed } from "./contacts/access-log.ts";
export { expirePersons } from "./contacts/expiry.ts";
export { personOf, personsOf, samePartyAs } from "./contacts/roots.ts";
export { type CsvRecord, type CsvSeparator, readCsv, type SkippedLine, writeCsv } from "./csv.ts";
export { jsonText } from "./db/array.ts";
export { EmbeddedPostgresError, findEmbedded, startEmbedded } from "./db/embedded.ts";
export { type MigrationSet, migrate } from "./db/migrate.ts";
export {
  type Database,
  type DatabaseAddress,
  embeddedAddress,
  openDatabase,
  type Tx,
  urlAddress,
} from "./db/open.ts";
export { inSavepoint } from "./db/savepoint.ts";
export type { FlowState, HandOver, KernelTables } from "./db/tables.ts";
export { CLAIM_MS } from "./desk/callback-row.ts";
export { countTry, endCallback, moveCallback } from "./desk/callback-work.ts";
export { promiseCallIn } from "./desk/callbacks.ts";
export { type LockedConversation, lockConversation } from "./desk/conversation-lock.ts";
export { type ReplyInput, replyIn } from "./desk/reply.ts";
export { kernelRoutes } from "./desk/routes.ts";
export { answerLater } from "./dialogue/answer-later.ts";
export { callPerson } from "./dialogue/call-person.ts";
export {
  type Card,
  type Content,
  type DeliveryStatus,
  type Media,
  type MediaType,
  type Option,
  textOf,
} from "./dialogue/content.ts";
export { registerHooks } from "./dialogue/hooks.ts";
export { type Ingest, openIngest } from "./dialogue/ingest.ts";
export { applyLate, type LatePlace, lockTurn, logLate, toPersonLate } from "./dialogue/late-turn.ts";
export { retractTimers } from "./dialogue/retract.ts";
export {
  expectReply,
  type SideAnswer,
  type SideReply,
  sideTimer,
  takeSideReply,
} from "./dialogue/side-mail.ts";
export { type SideMail, type SideResult, sendSideMail } from "./dialogue/side-send.ts";
export { type DocumentParts, gatherFacts } from "./documents/gather.ts";
export { gapsOf, htmlOf, markdownOf } from "./documents/paper.ts";
export { papers } from "./documents/papers.ts";
export { beginPdf } from "./documents/pdf-file.ts";
export { AppError, type ErrorCode } from "./errors.ts";
export { appendEvents, type NewEvent } from "./events/append.ts";
export { registerLive } from "./events/live-routes.ts";
export { openWire, type Wire } from "./events/wire.ts";
export { MAP_TILES } from "./files/file-types.ts";
export { type Files, openFiles } from "./files/files.ts";
export { fileRoutes } from "./files/routes.ts";
export { deleteFile, findFile } from "./files/store.ts";
export { guardedLookup, isPublicAddress, type Resolve } from "./http/address-guard.ts";
export { HERE_PATH, proofOf } from "./http/here.ts";
export { rateLimiter } from "./http/limits.ts";
export { TooManyRequests } from "./http/problem.ts";
export { type Actor, type AnyRoute, type Call, route } from "./http/route.ts";
export { createHttpServer } from "./http/server.ts";
export { tlsFolder } from "./http/tls/certificate.ts";
export { serveTls } from "./http/tls/serve.ts";
export { type Catalogue, type FormOfAddress, type Language, translate } from "./i18n/catalogue.ts";
export { bareIban, IBAN_LENGTHS, isIban, mod97, spacedIban } from "./iban.ts";
export { messageId, messageIdAt, randomToken } from "./ids.ts";
export { ApartError, workApart } from "./jobs/apart.ts";
export { kernelTimers } from "./jobs/kernel-timers.ts";
export { setTimer, takeTimer } from "./jobs/timer-rows.ts";
export { stepTimers, type TimerSteps } from "./jobs/timer-steps.ts";
export { scheduleTimer } from "./jobs/timers.ts";
export { createKernel, type Kernel } from "./kernel.ts";
export { addFiguresOf, counter, type Figures, metrics, showFigure } from "./observe.ts";
export { portalFlow } from "./portal/flow.ts";
export { portalRoutes } from "./portal/routes.ts";
export {
  type Closing,
  type CounterGap,
  defineSkill,
  type Effect,
  type Flow,
  type House,
  type OpenFlow,
  type PersonalData,
  type PersonNumber,
  type Purpose,
  type RecipientsOf,
  type RestrictiveEdge,
  type Said,
  type Saying,
  type SkillManifest,
  START_STEP,
  type Timer,
  type TopicNames,
  type Turn,
} from "./skill.ts";
export { checkSkills } from "./skill-set.ts";
export { accentVariables } from "./tenants/accent.ts";
export { createTenant, defaultSettings } from "./tenants/create.ts";
export { holidays, STATES } from "./tenants/holidays.ts";
export { localDate } from "./tenants/local-date.ts";
export type { OpeningHours, TenantProfile } from "./tenants/profile.ts";
export { openRegistry, type RegisteredAccount, type Registry } from "./tenants/registry.ts";
export { TEMPLATE_NEWS } from "./tenants/template-news.ts";
export { openTenantCache, type TenantCache } from "./tenants/tenant-cache.ts";
export { instantOf } from "./tenants/zone-time.ts";
export { version } from "./version.ts";
export { registerVisitor } from "./visitor/register.ts";
export { visitorRoutes } from "./visitor/routes.ts";
export { startWorker, type Worker } from "./worker.ts";
