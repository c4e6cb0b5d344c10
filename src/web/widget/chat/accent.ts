type Accent = Record<string, string>;

const NAME = /^(?:--ah-)?([a-z][a-z-]*)$/;

function declarations(accent: Accent): string {
  const kept: string[] = [];
  for (const [name, value] of Object.entries(accent)) {
    const property = NAME.exec(name)?.[1];
    if (property && CSS.supports("color", value) && !/[;{}]/.test(value))
      kept.push(`--ah-${property}:${value}`);
  }
  return kept.join(";");
}

/**
 * The company's accent as style rules, light and dark. Names and values are checked: they come from settings.
 * @param scope the element that carries the theme: ":host" or ":root".
 */
export function accentStyle(
  scope: ":host" | ":root",
  { light, dark }: { light: Accent; dark: Accent },
): string {
  const when = (condition: string) => (scope === ":host" ? `:host(${condition})` : `:root${condition}`);
  return `${scope}{${declarations(light)}}${when("[data-theme=dark]")}{${declarations(dark)}}
@media (prefers-color-scheme:dark){${when(":not([data-theme])")}{${declarations(dark)}}}`;
}
