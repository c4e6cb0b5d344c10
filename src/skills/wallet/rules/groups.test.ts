import fc from "fast-check";
import { expect, test } from "vitest";
import { groupsOf } from "./groups.ts";

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

test("every group of k of n, once, each in the order of its members", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (members, needed) => {
      const groups = groupsOf(members, needed);
      const count =
        needed > members ? 0 : factorial(members) / (factorial(needed) * factorial(members - needed));
      expect(groups).toHaveLength(count);
      expect(new Set(groups.map(String)).size).toBe(count);
      for (const group of groups) {
        expect(group).toEqual([...group].sort((a, b) => a - b));
        expect(new Set(group).size).toBe(needed);
        for (const n of group) expect(n >= 0 && n < members).toBe(true);
      }
    }),
  );
});
