import type { TenantProfile } from "#kernel";
import { spokenClock, spokenDay } from "../rules/spoken/spoken-window.ts";
import { type Speaking, teamWords } from "./words.ts";

/** What an owner reads whose system is told no more. Pure. */

export interface Stopped {
  readonly url: string;
  /** ms */
  readonly failingSince: number;
  /** Of the last try. */
  readonly fault: string;
  readonly deskUrl: string;
}

interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function stoppedLetter(tenant: TenantProfile, stopped: Stopped): Letter {
  const speaking: Speaking = { tenant, language: tenant.language, timeZone: tenant.timeZone };
  const values = {
    company: tenant.name,
    url: stopped.url,
    fault: stopped.fault,
    day: spokenDay(speaking, stopped.failingSince),
    clock: spokenClock(speaking, stopped.failingSince),
  };
  const link = `${stopped.deskUrl}/delivery/setup/systems`;
  const paragraphs = ["mail.stopped.what", "mail.stopped.kept", "mail.stopped.do"].map((key) =>
    teamWords(tenant, key, values),
  );
  return {
    subject: teamWords(tenant, "mail.stopped.subject", values),
    text: [...paragraphs, link].join("\n\n"),
    html: `${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join("")}<p><a href="${escaped(link)}">${escaped(link)}</a></p>`,
  };
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
