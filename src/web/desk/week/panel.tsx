import { type ReactNode, useId } from "react";

/** A card of a page that must fit one screen: closer than the others, its headline smaller. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-2 border border-line bg-sheet px-4 py-3">
      <header className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="text-[1.0625rem] leading-6">
          {title}
        </h2>
        {aside && <div className="text-small text-ink-2">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
