/** new -> passed -> accepted -> done; the company may end it as rejected. What has ended stays as it is. */
export type State = "new" | "passed" | "accepted" | "done" | "rejected";
export type Step = "passed" | "accepted" | "done" | "rejected";

const FROM: Readonly<Record<Step, readonly State[]>> = {
  passed: ["new"],
  accepted: ["new", "passed"],
  done: ["new", "passed", "accepted"],
  rejected: ["new", "passed", "accepted"],
};

export function mayMove(from: State, to: Step): boolean {
  return FROM[to].includes(from);
}

export function isOpen(state: State): boolean {
  return state !== "done" && state !== "rejected";
}
