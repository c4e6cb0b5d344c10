/** A house number as it is compared. */
export interface HouseNumber {
  readonly n: number;
  /** The last number of a house that has several, such as 12-16; 0 for one. */
  readonly to: number;
  /** Small: "a" of 12a, "/1" of 12/1, "a-c" of 12a-c; "" for none. */
  readonly suffix: string;
}

const NUMBER =
  /^(\d{1,4})\s*(?:[-–]\s*(\d{1,4})(?!\d)\s*([a-z])?|\/\s*(\d{1,3}[a-z]?)|([a-z](?:\s*[-–]\s*[a-z])?)|(1\/2|½))?$/;

/** "12", "12 A", "12a", "12-16", "12/1", "12a-c". @returns null for what is no house number */
export function readHouseNumber(text: string): HouseNumber | null {
  const match = NUMBER.exec(
    text
      .trim()
      .toLowerCase()
      .replace(/^(?:nr\.?|no\.?|hausnummer)\s*/, ""),
  );
  if (!match) return null;
  const [, first = "", last, lastLetter = "", part, letters, half] = match;
  const n = Number(first);
  if (n === 0) return null;
  const to = Number(last ?? 0);
  // "12-3" is a part of 12, not a row of houses that counts down.
  if (last !== undefined && to <= n) return { n, to: 0, suffix: `/${to}${lastLetter}` };
  if (last !== undefined) return { n, to, suffix: lastLetter };
  if (part !== undefined) return { n, to: 0, suffix: `/${part}` };
  return { n, to: 0, suffix: half ? "½" : (letters ?? "").replace(/\s+/g, "").replace("–", "-") };
}

/** As it is written on an address. */
export function houseText({ n, to, suffix }: HouseNumber): string {
  return to === 0 ? `${n}${suffix}` : `${n}-${to}${suffix}`;
}

/** How well a house of the list is the one that was asked for. */
export type HouseFit = "same" | "within" | "base" | "other";

/** `within`: the list has 12-16 and 14 was asked for; `base`: it has 12 and 12a was asked for, or the other way round. */
export function fitOf(asked: HouseNumber, listed: HouseNumber): HouseFit {
  if (asked.n === listed.n && asked.to === listed.to && asked.suffix === listed.suffix) return "same";
  const isInRow =
    listed.to > 0 && asked.n >= listed.n && asked.n <= listed.to && asked.n % 2 === listed.n % 2;
  // Someone who writes 12-14 where the list has the houses one by one means the first of them.
  if (asked.to > 0 && asked.n === listed.n && asked.suffix === listed.suffix) return "within";
  if (isInRow && asked.suffix === "" && asked.to === 0) return "within";
  return asked.n === listed.n ? "base" : "other";
}
