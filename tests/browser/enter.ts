import type { Page } from "playwright-core";
import { signIn } from "../../src/web/desk/testing/visit.ts";
import { originOf } from "../outside/desk.ts";
import type { SharedNode } from "../shared-node.ts";

/** Signs in as the demo's owner; the next page that is opened is the desk of this company. */
export async function enterDesk(page: Page, { report }: SharedNode, tenantId: number): Promise<void> {
  if (!report.signIn) throw new Error("The demo has no sign-in");
  await signIn(page, originOf(report), report.signIn);
  await page.evaluate((id) => {
    localStorage.setItem("ah.tenant", id);
    sessionStorage.setItem("ah.tenant", id);
  }, String(tenantId));
}
