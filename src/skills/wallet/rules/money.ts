/** One coin is a euro and has a million base units, so a cent has ten thousand. */
export const UNITS_A_CENT = 10_000;

export const unitsOf = (minor: number): number => minor * UNITS_A_CENT;

/** Rounded down: what is shown is there. */
export const centsOf = (units: number): number => Math.floor(units / UNITS_A_CENT);
