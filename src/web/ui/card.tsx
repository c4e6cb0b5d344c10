import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A card has a border and never a shadow; one headline. */
export function Card({
  title,
  aside,
  children,
  className,
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={classNames("rounded-2 border border-line bg-sheet p-4 sm:p-6", className)}>
      {(title || aside) && (
        <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          {title && <h2 className="text-h2">{title}</h2>}
          {aside && <div className="text-small text-ink-2">{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** Grey bars of the coming size while something loads; no shimmer. */
export function Waiting({ rows = 3, label }: { rows?: number; label: string }) {
  return (
    <div role="status" data-waiting className="grid gap-3 p-4">
      <span className="ear-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
        <div key={row} className="grid gap-2 border-b border-line pb-3">
          <div className="h-3.5 w-2/5 rounded-1 bg-sunken" />
          <div className="h-3 w-4/5 rounded-1 bg-sunken" />
        </div>
      ))}
    </div>
  );
}
