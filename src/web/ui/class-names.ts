/** Joins class names and leaves out what is false, so that conditions read as `isOpen && "…"`. */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
