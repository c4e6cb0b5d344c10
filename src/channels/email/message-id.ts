/**
 * Our Message-IDs (RFC 5322 section 3.6.4): <CONVERSATION.MESSAGE.TENANT@domain>. They are the same at every try of a
 * send, and a reply or a bounce that names one finds its conversation without a look into the text.
 */

const OURS =
  /^(\d{1,16}\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.\d{1,10}@[^\s<>@]{1,255}$/;
const IDS_MAX = 100;
const ID_CHARACTERS = 500;

/** Without brackets. @param correlation of the kernel, CONVERSATION.MESSAGE; @param address of the mailbox */
export function messageIdOf(correlation: string, tenantId: number, address: string): string {
  return `${correlation}.${tenantId}@${address.slice(address.lastIndexOf("@") + 1)}`;
}

/** @returns the kernel's correlation when the id is one of ours (some programs change its case), else null */
export function correlationIn(id: string): string | null {
  return OURS.exec(id.toLowerCase())?.[1] ?? null;
}

/** Ids of a field in their order, without brackets. */
export function idsOf(field: string): string[] {
  const ids = [...field.matchAll(/<([^<>\s]{1,500})>/g)].map((match) => match[1] as string);
  // Some programs forget the brackets.
  if (ids.length === 0 && /^[^\s<>@]+@[^\s<>@]+$/.test(field.trim())) ids.push(field.trim());
  return ids.filter((id) => id.length <= ID_CHARACTERS).slice(-IDS_MAX);
}

/** In-Reply-To first, then References from the newest back: the nearest ancestor stands first, each once. */
export function nearestFirst(inReplyTo: string, references: string): string[] {
  return [...new Set([...idsOf(inReplyTo), ...idsOf(references).toReversed()])];
}

/** Chains grow with every reply; RFC 5322 wants the first kept, and the newest are what programs thread by. */
const CHAIN_MAX = 20;

/** The References of an answer: the chain so far and the message that is answered. */
export function chainOf(references: readonly string[], answered: string): string[] {
  const chain = [...references.filter((id) => id !== answered), answered];
  return chain.length <= CHAIN_MAX ? chain : [chain[0] as string, ...chain.slice(1 - CHAIN_MAX)];
}
