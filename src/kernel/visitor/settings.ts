import type { companyPage, visitorSettings } from "../api/visitor.ts";
import { AppError } from "../errors.ts";
import type { ReplyOf } from "../http/contract.ts";
import type { Kernel } from "../kernel.ts";
import { accentVariables } from "../tenants/accent.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import { peopleOf } from "./opening.ts";

/** What a page shows before anybody speaks: all of it from memory, nothing stored. */

export interface AskedTopic {
  /** topic:INTENT */
  id: string;
  title: string;
}

export interface VisitorHooks {
  /** Bound in src/main.ts: the questions asked most, per language. */
  mostAsked(tenantId: number): Promise<{ de: AskedTopic[]; en: AskedTopic[] }>;
}

export async function settingsOf(
  kernel: Kernel,
  account: RegisteredAccount,
  hooks: VisitorHooks,
): Promise<ReplyOf<typeof visitorSettings>> {
  const profile = await kernel.profile(account.tenantId);
  const mostAsked = await hooks.mostAsked(profile.id).catch((error: Error) => {
    // The chat opens without suggestions rather than not at all.
    kernel.log.warn({ tenant: profile.id, error: error.message }, "most asked questions are missing");
    return { de: [], en: [] };
  });
  return {
    company: profile.name,
    language: profile.language,
    formOfAddress: profile.formOfAddress,
    greeting: { ...profile.greeting },
    mostAsked,
    logo: profile.logo,
    accent: accentVariables(profile.accent),
    ...clickToChat(kernel, profile.id),
    legal: { ...profile.legal },
    people: peopleOf(profile, kernel.clock.now()),
  };
}

/** @throws AppError not_found for an unknown company, or one without a web channel */
export function companyPageOf(kernel: Kernel, slug: string): ReplyOf<typeof companyPage> {
  const profile = companyBySlug(kernel, slug);
  const [first] = accountsOf(kernel, profile.id, "web");
  if (!first) throw new AppError("not_found");
  return {
    name: profile.name,
    language: profile.language,
    key: first.address,
    openingHours: profile.openingHours.map((hours) => ({ ...hours })),
    timeZone: profile.timeZone,
    ...clickToChat(kernel, profile.id),
    logo: profile.logo,
    accent: accentVariables(profile.accent),
    legal: { ...profile.legal },
  };
}

function companyBySlug(kernel: Kernel, slug: string): TenantProfile {
  for (const id of kernel.registry.tenantIds()) {
    const profile = kernel.registry.tenant(id);
    if (profile?.slug === slug) return profile;
  }
  throw new AppError("not_found");
}

/** Active accounts of one kind, the oldest first. */
function accountsOf(kernel: Kernel, tenantId: number, kind: string): RegisteredAccount[] {
  return [...kernel.registry.accounts()]
    .filter((one) => one.tenantId === tenantId && one.kind === kind && one.active)
    .sort((a, b) => a.id - b.id);
}

/** https://faq.whatsapp.com/5913398998672934 and https://core.telegram.org/api/links */
function clickToChat(kernel: Kernel, tenantId: number): { whatsapp: string | null; telegram: string | null } {
  const phone = words(accountsOf(kernel, tenantId, "whatsapp")[0], "displayPhone").replace(/\D/g, "");
  const bot = words(accountsOf(kernel, tenantId, "telegram")[0], "botName").replace(/^@/, "");
  return {
    whatsapp: phone ? `https://wa.me/${phone}` : null,
    telegram: bot ? `https://t.me/${encodeURIComponent(bot)}` : null,
  };
}

function words(account: RegisteredAccount | undefined, name: string): string {
  const value = account?.settings[name];
  return typeof value === "string" ? value : "";
}
