import type { ReactNode } from "react";

/** Side by side from 1280 px on, each column scrolling by itself; below, one under the other. */
export function PaneGrid({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <div className="xl:grid xl:min-h-0 xl:flex-1 xl:grid-cols-[minmax(0,min(40%,560px))_minmax(0,1fr)] xl:grid-rows-[minmax(0,1fr)] xl:overflow-hidden">
      <div className="contents xl:order-2 xl:flex xl:min-h-0 xl:flex-col xl:border-l xl:border-line">
        {right}
      </div>
      <div className="contents xl:order-1 xl:block xl:min-h-0 xl:overflow-y-auto xl:bg-sheet">{left}</div>
    </div>
  );
}
