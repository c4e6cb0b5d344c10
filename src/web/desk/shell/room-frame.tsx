import { Link, type LinkProps } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { Page } from "./page.tsx";

export interface Shelf {
  to: NonNullable<LinkProps["to"]>;
  label: string;
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
  const row = useRef<HTMLElement>(null);
  // On a phone the row of shelves may be wider than the screen.
  useEffect(() => {
    row.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, []);
  return (
    <Page title={title} subtitle={subtitle} actions={actions}>
      <nav
        ref={row}
        aria-label={name}
        className="-mx-4 mb-5 flex gap-1 overflow-x-auto px-4 py-1 lg:-mx-8 lg:px-8"
      >
        {shelves.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true }}
            className="inline-flex min-h-(--ah-control) shrink-0 items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-sunken focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
