/** One way in which a page is looked at. */
export interface Look {
  language: "de" | "en";
  width: 360 | 1440;
  scheme: "light" | "dark";
}

/** Four of the eight ways: each language, width and scheme meets each value of the other two once. */
export const LOOKS: readonly Look[] = [
  { language: "de", width: 360, scheme: "light" },
  { language: "de", width: 1440, scheme: "dark" },
  { language: "en", width: 360, scheme: "dark" },
  { language: "en", width: 1440, scheme: "light" },
];
