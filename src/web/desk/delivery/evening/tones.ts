/** Rounds differ by colour and dash, and always have their number beside them. */

/** As classes, so that Tailwind sees them whole. Neighbours are far apart, also for who sees no red or green. */
const tones = [
  "[--tone:var(--ah-d1)]",
  "[--tone:var(--ah-d5)]",
  "[--tone:var(--ah-d3)]",
  "[--tone:var(--ah-d2)]",
  "[--tone:var(--ah-d4)]",
] as const;
const dashes = ["", "8 5", "2 5", "10 4 2 4", "16 4"] as const;

/** @param place of the round in the evening, from 0 @returns the class that sets --tone */
export function toneOf(place: number): string {
  return tones[place % tones.length] ?? tones[0];
}

/** Changes once the colours are used up, so that round 1 and round 6 differ. */
export function dashOf(place: number): string | undefined {
  return dashes[(place + Math.floor(place / dashes.length)) % dashes.length] || undefined;
}
