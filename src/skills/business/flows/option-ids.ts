/** Ids of what the customer may tap; they begin with the skill's id, so a tap finds it whoever has the conversation. */

const ACTS = ["order", "confirm", "cancel", "decline", "no_reason", "machine", "other"] as const;
export type Act = (typeof ACTS)[number];

export const optionId = (act: Act, id = 0, version = 0): string => `business:${act}:${id}:${version}`;

export interface Tap {
  act: Act;
  id: number;
  version: number;
}

/** @returns null for an option of somebody else, or of nobody */
export function readTap(option: string): Tap | null {
  const [, act, id, version] = /^business:([a-z_]+):(\d{1,15}):(\d{1,6})$/.exec(option) ?? [];
  const known = ACTS.find((one) => one === act);
  return known ? { act: known, id: Number(id), version: Number(version) } : null;
}
