import type { Finding } from "./finding.ts";

/** Certificates and clocks as they were seen, and what to do. Pure. */

const DAY_MS = 86_400_000;
/** Proxies renew with 30 days left; with less than this something is stuck. */
const SOON_DAYS = 14;
const SKEW_WARN_MS = 30_000;
/** Certificates, signatures and one-time codes begin to fail. */
const SKEW_BAD_MS = 300_000;

export interface SeenCertificate {
  domain: string;
  /** What the world is shown: end, ms since the epoch, and why it is not trusted ("" = it is). null: nothing. */
  served: { until: number; fault: string } | null;
  /** Does the node renew it itself? Then also why the last try failed. */
  own: { trouble: string | null } | null;
  now: number;
}

export function certificateFinding({ domain, served, own, now }: SeenCertificate): Finding {
  const say = (level: Finding["level"], text: string): Finding => ({ name: "certificate", level, text });
  const trouble = own?.trouble ? ` The last try failed: ${own.trouble}` : "";
  const remedy = own
    ? trouble || " The node gets one by itself: look again in a minute, then into journalctl -u augenhoehe."
    : " Renew it in the web server before Augenhöhe (certbot renew; Caddy does it by itself).";
  if (!served) return say("bad", `Nobody shows a certificate for ${domain}.${remedy}`);
  const days = Math.floor((served.until - now) / DAY_MS);
  if (days < 0) return say("bad", `The certificate for ${domain} ran out ${-days} days ago.${remedy}`);
  if (served.fault)
    return say("bad", `The certificate for ${domain} is not trusted (${served.fault}).${remedy}`);
  if (days < SOON_DAYS && (!own || own.trouble))
    return say("warn", `The certificate for ${domain} runs out in ${days} days.${remedy}`);
  return say(
    own?.trouble ? "warn" : "ok",
    `The certificate for ${domain} is good for ${days} days.${trouble}`,
  );
}

/** @param skewMs this machine's clock minus the answer's Date header; null: nobody answered */
export function clockFinding(skewMs: number | null, source: string): Finding {
  const say = (level: Finding["level"], text: string): Finding => ({ name: "world clock", level, text });
  if (skewMs === null)
    return say(
      "warn",
      `${source} did not answer: without a way into the internet there is no certificate and no messenger.`,
    );
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) < SKEW_WARN_MS) return say("ok", `This machine's clock agrees with ${source}.`);
  return say(
    Math.abs(skewMs) < SKEW_BAD_MS ? "warn" : "bad",
    `This machine's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} ${source}: set it (timedatectl set-ntp true), or certificates and promised times go wrong.`,
  );
}
