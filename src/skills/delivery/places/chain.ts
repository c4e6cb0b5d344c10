import type { Geocoded, Geocoder } from "./geocoder.ts";

/** How much an answer is worth: a house, a street, a question back, an area, nothing. */
function worth(answer: Geocoded): number {
  if (answer.result === "nothing") return 0;
  if (answer.result === "meant") return 2;
  return { house: 4, street: 3, area: 1 }[answer.found.precision];
}

/**
 * The company's own list first; a service outside is asked only where the list does not know the house. So an address that
 * the list has never leaves the house.
 */
export function chain(own: Geocoder, outside: Geocoder | null): Geocoder {
  if (!outside) return own;
  return {
    attribution: async (question) =>
      [...new Set([await own.attribution(question), await outside.attribution(question)])]
        .filter((one) => one !== "")
        .join(", "),
    async search(question) {
      const listed = await own.search(question);
      if (worth(listed) === 4 || (listed.result === "nothing" && listed.because === "empty")) return listed;
      const found = await outside.search(question);
      return worth(found) > worth(listed) ? found : listed;
    },
  };
}
