/** What comes back when somebody taps; "reports:" keeps them apart from other skills' choices. */

const KIND = /^reports:kind:(\d{1,9})$/;
export const OTHER_ID = "reports:kind:other";
export const NO_PHOTO_ID = "reports:photo:none";
export const YES_ID = "reports:yes";
export const NO_ID = "reports:no";

export const kindId = (kind: number): string => `reports:kind:${kind}`;
export const teamId = (act: "accepted" | "done" | "no_photo", report: number): string =>
  `reports:${act}:${report}`;

const TEAM = /^reports:(accepted|done|no_photo):(\d{1,15})$/;

/** @returns the kind that was tapped, null for another choice */
export function kindOfOption(id: string): number | null {
  const [, kind] = KIND.exec(id) ?? [];
  return kind === undefined ? null : Number(kind);
}

/** @returns what a team tapped under a report */
export function actOfOption(id: string): { act: "accepted" | "done" | "no_photo"; report: number } | null {
  const [, act, report] = TEAM.exec(id) ?? [];
  return act === undefined ? null : { act: act as "accepted" | "done" | "no_photo", report: Number(report) };
}
