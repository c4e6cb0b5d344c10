import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";

const shelves = [
  { to: "/knowledge", label: "shelf.topics" },
  { to: "/knowledge/flows", label: "shelf.flows" },
  { to: "/knowledge/health", label: "shelf.health" },
  { to: "/knowledge/teaching", label: "shelf.teaching" },
  { to: "/knowledge/versions", label: "shelf.versions" },
] as const;

interface FrameProps {
  title: string;
  subtitle: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** One of the room's pages, with the way to the others. */
export function KnowledgeFrame({ title, subtitle, actions, children }: FrameProps) {
  const { t } = useText();
  const row = useRef<HTMLElement>(null);
  // On a phone the row of shelves may be wider than the screen.
  useEffect(() => {
    row.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, []);
  return (
    <Page title={title} subtitle={subtitle} actions={actions}>
      <nav
        ref={row}
        aria-label={t("shelf.all")}
        className="-mx-4 mb-5 flex gap-1 overflow-x-auto px-4 py-1 lg:-mx-8 lg:px-8"
      >
        {shelves.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true }}
            className="inline-flex min-h-(--ah-control) shrink-0 items-center rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-sunken focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-text"
          >
            {t(label)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
