import type { Company } from "#kernel/api";

/** One card of the company's form: reads the whole, changes its own part. */
export interface CompanyPart {
  company: Company;
  change(part: Partial<Company>): void;
}
