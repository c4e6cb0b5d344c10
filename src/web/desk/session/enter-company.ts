import { chooseTenant } from "../../client/tenant.ts";

/** Everything loaded belongs to one company: changing it begins anew. */
export function enterCompany(company: number): void {
  chooseTenant(company);
  location.assign("/desk/");
}
