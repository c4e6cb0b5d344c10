/** One line of the doctor: what was looked at, how it stands, and what to do. Never a secret, never personal data. */
export interface Finding {
  name: string;
  level: "ok" | "warn" | "bad";
  text: string;
}

/** Collects the findings of one subject. */
export function findings(): {
  list: Finding[];
  ok(name: string, text: string): void;
  warn(name: string, text: string): void;
  bad(name: string, text: string): void;
} {
  const list: Finding[] = [];
  const add = (level: Finding["level"]) => (name: string, text: string) =>
    void list.push({ name, level, text });
  return { list, ok: add("ok"), warn: add("warn"), bad: add("bad") };
}

/** A provider's words may quote a number of a person, and a fault of the network the address with the token in it. */
export function withoutSecrets(text: string, secrets: readonly string[] = []): string {
  let plain = text;
  for (const secret of secrets) if (secret) plain = plain.replaceAll(secret, "…");
  return plain
    .replace(/\+?\d[\d ()/-]{5,}\d/g, "…")
    .replace(/\S+@\S+/g, "…")
    .slice(0, 200);
}
