/** Ids of what the customer may tap; they begin with the skill's id, so a tap finds it whoever has the conversation. */

const ACTS = ["remind", "dispute"] as const;
export type Act = (typeof ACTS)[number];

export const optionId = (act: Act, requestId: number): string => `pay:${act}:${requestId}`;

export interface Tap {
  readonly act: Act;
  readonly requestId: number;
}

/** @returns null for an option of somebody else, or of nobody */
export function readTap(option: string): Tap | null {
  const [, act, id] = /^pay:([a-z]+):(\d{1,15})$/.exec(option) ?? [];
  const known = ACTS.find((one) => one === act);
  return known ? { act: known, requestId: Number(id) } : null;
}
