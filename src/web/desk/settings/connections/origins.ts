/** Origins as typed, one a line; what is no http(s) address comes back as a fault. */
export function readOrigins(text: string): { origins: string[]; faults: string[] } {
  const origins: string[] = [];
  const faults: string[] = [];
  for (const line of text.split(/[\s,]+/).filter(Boolean)) {
    const origin = originOf(line.includes("://") ? line : `https://${line}`);
    if (origin) origins.push(origin);
    else faults.push(line);
  }
  return { origins: [...new Set(origins)], faults };
}

function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, protocol } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? origin : null;
}

/** The origins in a channel's settings. */
export function originsOf(settings: Record<string, unknown>): string[] {
  return Array.isArray(settings.origins) ? settings.origins.map(String) : [];
}
