import type { MouseEvent } from "react";
import { expect, test, vi } from "vitest";
import { onceAtATime } from "./button.tsx";

const click = (detail: number) => {
  const event = { detail, preventDefault: vi.fn(), stopPropagation: vi.fn() };
  return event as typeof event & MouseEvent<HTMLButtonElement>;
};
const press = (busy: boolean | undefined, detail: number) => {
  const act = vi.fn();
  const event = click(detail);
  onceAtATime(busy, act)?.(event);
  // A form is sent unless its button's click is taken away.
  return { acts: act.mock.calls.length, isTakenAway: event.preventDefault.mock.calls.length > 0 };
};

test.each([
  ["a click", false, 1, 1],
  ["Enter in the form", false, 0, 1],
  ["a click while it is under way", true, 1, 0],
  ["Enter while it is under way", true, 0, 0],
  ["the second of a double click", false, 2, 0],
  ["a double click where nothing takes time", undefined, 2, 1],
])("%s", (_, busy, detail, acts) => {
  expect(press(busy, detail)).toEqual({ acts, isTakenAway: acts === 0 });
});
