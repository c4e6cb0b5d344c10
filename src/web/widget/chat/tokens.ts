/**
 * The design tokens for a shadow root: what they say of `:root` holds for `:host`.
 * `:root[data-theme=dark]` becomes `:host([data-theme=dark])`.
 */
export function hostTokens(css: string): string {
  return css.replace(/:root((?:\[[^\]]*\]|:not\([^)]*\))*)/g, (_all, condition: string) =>
    condition ? `:host(${condition})` : ":host",
  );
}
