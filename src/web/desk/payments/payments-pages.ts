/** Loaded as one: each file of its own is named in what every desk loads first. */
export { BankPage } from "./bank-page.tsx";
export { ExportPage } from "./export-page.tsx";
export { PaymentsRoom } from "./payments-room.tsx";
export { RequestPage } from "./request-page.tsx";
export { RequestsPage } from "./requests-page.tsx";
export { PaySettingsPage } from "./settings-page.tsx";
export { TransfersPage } from "./transfers-page.tsx";
