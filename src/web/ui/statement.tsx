import type { ReactNode } from "react";
import { StateLine } from "./tag.tsx";

export interface StatementProps {
  drawing?: ReactNode;
  /** A full statement, not "Nothing here". */
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Heading level; 1 where it is the page's only one. */
  level?: 1 | 2;
}

/** An empty state: a drawing, what is, and what one can do. */
export function Statement({ drawing, title, children, actions, level = 2 }: StatementProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="mx-auto grid max-w-[440px] justify-items-center gap-2 px-4 py-10 text-center">
      {drawing}
      <Heading className="mt-4 text-[1.5rem] leading-8">{title}</Heading>
      {children && <p className="text-ink-2">{children}</p>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

export interface TroubleProps {
  drawing?: ReactNode;
  /** A short word for it, beside the sign. */
  kind: string;
  title: string;
  /** What happened, what is kept, what to do: always all three. */
  rows: readonly { label: string; text: ReactNode }[];
  actions?: ReactNode;
  reference?: { label: string; code: string };
}

/** An error in three rows; `role="alert"`, so that it is said when it comes up. */
export function Trouble({ drawing, kind, title, rows, actions, reference }: TroubleProps) {
  return (
    <div role="alert" className="mx-auto w-full max-w-[600px] px-4 py-8">
      {drawing}
      <p className="mt-6 text-small">
        <StateLine kind="bad">{kind}</StateLine>
      </p>
      <h2 className="mt-1 text-[1.5rem] leading-8">{title}</h2>
      <TroubleRows rows={rows} />
      <div className="mt-4 flex flex-wrap items-center gap-2">
        {actions}
        {reference && (
          <span className="ml-auto text-tiny text-ink-2">
            {reference.label} <code className="font-mono">{reference.code}</code>
          </span>
        )}
      </div>
    </div>
  );
}

/** The three rows alone, for errors inside a card or dialog. */
export function TroubleRows({ rows }: Pick<TroubleProps, "rows">) {
  return (
    <dl className="mt-4 divide-y divide-line rounded-2 border border-line bg-sheet">
      {rows.map((row) => (
        <div key={row.label} className="grid gap-x-4 px-4 py-3 sm:grid-cols-[160px_1fr]">
          <dt className="font-strong">{row.label}</dt>
          <dd>{row.text}</dd>
        </div>
      ))}
    </dl>
  );
}
