import { type ComponentType, type JSX, lazy, Suspense } from "react";

/**
 * A part that is loaded when it is needed and that one can do without: where it cannot be loaded, because the contact is
 * lost, nothing stands in its place.
 */
export function extra<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): ComponentType<Props> {
  const Part = lazy(() =>
    load().then(
      (module): { default: ComponentType<Props> } => ({ default: module[name] }),
      () => ({ default: () => null }),
    ),
  );
  return (props: Props) => (
    <Suspense>
      <Part {...(props as Props & JSX.IntrinsicAttributes)} />
    </Suspense>
  );
}
