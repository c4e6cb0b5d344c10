import type { Turn } from "../skill.ts";

/** A tap belongs to the skill that offered it (`SKILL:…`), whoever has the conversation and whatever was asked since. */
export function isTapOn({ message: { content } }: Turn, skill: string): boolean {
  return content.type === "choice" && content.id.startsWith(`${skill}:`);
}
