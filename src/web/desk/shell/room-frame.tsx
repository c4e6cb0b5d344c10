import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Page } from "./page.tsx";

export interface Shelf {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  /** It is the current one on pages below it, too. */
  isWhole?: boolean;
}

export interface FrameProps {
  title: string;
  subtitle: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** One of a room's pages, with the way to the others. @param name what the row of them is called */
export function RoomFrame({
  title,
  subtitle,
  actions,
  children,
  shelves,
  name,
}: FrameProps & { shelves: readonly Shelf[]; name: string }) {
  return (
    <Page title={title} subtitle={subtitle} actions={actions}>
      {/* Wrapped where a phone has no room for all: one that is cut off is not found. */}
      <nav aria-label={name} className="-mx-3 mb-5 flex flex-wrap gap-x-1 py-1">
        {shelves.map(({ to, label, isWhole = false }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: !isWhole, includeSearch: false }}
            className="inline-flex min-h-(--ah-control) items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-sunken focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
