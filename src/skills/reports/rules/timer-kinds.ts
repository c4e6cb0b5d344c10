/** What flows and stores schedule; jobs.ts says what happens then. */
export const FILE = "reports_file";
export const PASS = "reports_pass";
export const TELL = "reports_tell";
export const TEAM = "reports_team";
export const JOIN = "reports_join";
export const CONSENT = "reports_consent";
export const FORGET = "reports_forget";
