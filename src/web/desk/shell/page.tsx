import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { usePageTitle } from "./page-titles.ts";

type Way =
  | "/knowledge"
  | "/knowledge/flows"
  | "/knowledge/packs"
  | "/conversations"
  | "/settings"
  | "/notices"
  | "/notices/topics"
  | "/notices/sources"
  | "/notices/reports"
  | "/business"
  | "/payments"
  | "/business/companies";

interface PageProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  back?: { to: Way; label: string };
  children: ReactNode;
}

/** A page with its heading on the horizon: once per page, 2 px. */
export function Page({ title, subtitle, actions, back, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className="relative h-full overflow-y-auto">
      <div className="mx-auto max-w-[1360px] px-4 py-5 lg:px-8">
        {back && (
          <Link
            to={back.to}
            className="-ml-1 mb-1 inline-flex min-h-8 items-center gap-1 text-small font-strong text-accent-text hover:underline"
          >
            <ChevronLeft size={18} strokeWidth={1.75} aria-hidden="true" />
            {back.label}
          </Link>
        )}
        <header className="flex flex-wrap items-end gap-x-6 gap-y-3 border-b-2 border-ink pb-4">
          <div className="mr-auto min-w-0">
            <h1 className="text-h1">{title}</h1>
            {subtitle && <p className="text-ink-2">{subtitle}</p>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
        <div className="pt-5 pb-10">{children}</div>
      </div>
    </div>
  );
}
