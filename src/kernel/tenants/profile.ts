import type { FormOfAddress, Language } from "../i18n/catalogue.ts";

/** Opening times of one weekday; 1 = Monday. `to` may be 24:00. */
export interface OpeningHours {
  weekday: number;
  from: string;
  to: string;
}

/** What everything reads of a tenant; stored in kernel.tenant.settings (validated by api/company.ts). */
export interface TenantProfile {
  id: number;
  name: string;
  slug: string;
  isDemo: boolean;
  timeZone: string;
  language: Language;
  openingHours: readonly OpeningHours[];
  holidayRegion: string;
  closedDays: readonly string[];
  formOfAddress: FormOfAddress;
  teamFormOfAddress: FormOfAddress;
  greeting: Readonly<Record<Language, string>>;
  accent: string;
  logo: string | null;
  /** Minutes of opening time within which a person answers. */
  answerMinutes: number;
  legal: Readonly<{ imprint: string; privacy: string }>;
  /** How customers see who looked; companies from before this setting have none, which is "first_name". */
  staffShownAs?: "first_name" | "role";
}
