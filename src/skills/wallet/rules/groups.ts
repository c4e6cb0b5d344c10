/** Groups of k of n, by the places of their members, in the order in which everybody counts them. */

export function groupsOf(members: number, needed: number): number[][] {
  const groups: number[][] = [];
  const choose = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === needed) {
      groups.push([...chosen]);
      return;
    }
    for (let n = from; n < members; n++) choose(n + 1, [...chosen, n]);
  };
  choose(0, []);
  return groups;
}
