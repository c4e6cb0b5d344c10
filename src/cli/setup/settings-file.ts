import type { Answers } from "./questions.ts";

/** The settings of an installation: KEY=value as systemd's EnvironmentFile reads it. */

export const SETTINGS_PATH = "/etc/augenhoehe/settings.env";

/** What setup owns in the file; every other line is the operator's and stays. */
const OWNED = ["AUGENHOEHE_DATA", "PUBLIC_URL", "TLS_DOMAIN", "ACME_EMAIL", "TRUST_PROXY"] as const;

const HEAD =
  "# Augenhöhe's settings; docs/guide/operate.md explains them all. `augenhoehe setup` writes the lines it owns anew and keeps all others.";

/** Values without quotation marks around them; comments and other lines are left out. */
export function readSettings(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, key, value = ""] = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key) found[key] = value.replace(/^(["'])(.*)\1$/, "$2");
  }
  return found;
}

/** @param before the file as it stands; "" for none */
export function settingsText(before: string, domain: string, answers: Answers): string {
  const isSelf = answers.certificate === "self";
  const values: Record<(typeof OWNED)[number], string> = {
    AUGENHOEHE_DATA: answers.dataDir,
    PUBLIC_URL: `https://${domain}`,
    TLS_DOMAIN: isSelf ? domain : "",
    ACME_EMAIL: isSelf ? answers.email : "",
    TRUST_PROXY: isSelf ? "" : "true",
  };
  const kept = before.split("\n").filter((line) => {
    const [, key = ""] = /^\s*([A-Z][A-Z0-9_]*)\s*=/.exec(line) ?? [];
    return !(OWNED as readonly string[]).includes(key) && line !== HEAD && line.trim() !== "";
  });
  const own = OWNED.filter((key) => values[key] !== "").map((key) => `${key}=${values[key]}`);
  return [HEAD, ...own, ...kept, ""].join("\n");
}
