import type { ReactNode } from "react";

interface SectionProps {
  icon: ReactNode;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** One section of the panel, with a line above it. */
export function PanelSection({ icon, title, aside, children }: SectionProps) {
  return (
    <section className="border-t border-line px-4 py-4">
      <header className="mb-2 flex items-center gap-2.5">
        {icon}
        <h3 className="text-h3">{title}</h3>
        <span className="ml-auto text-small text-ink-2">{aside}</span>
      </header>
      {children}
    </section>
  );
}

export const sectionIcon = {
  size: 18,
  strokeWidth: 1.75,
  "aria-hidden": true,
  className: "shrink-0",
} as const;
