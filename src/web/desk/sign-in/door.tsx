import type { ReactNode } from "react";
import { Logo } from "../../ui/logo.tsx";
import { useText } from "../text/use-text.ts";

/** The way in: the two half circles on their horizon, and the form beside it (on phones below). */
export function Door({ children }: { children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] bg-sheet lg:grid-cols-[61%_1fr] lg:grid-rows-1">
      <header className="relative flex flex-col overflow-hidden bg-accent-soft px-4 pt-5 lg:border-r lg:border-line lg:p-12">
        <Logo className="relative" />
        <DoorDrawing />
        <p className="mt-auto hidden font-head text-display font-heavy lg:block">
          {t("door.first")}
          <br />
          {t("door.second")}
        </p>
      </header>
      <main className="flex items-start justify-center px-4 pt-8 pb-10 lg:items-center">
        <div className="w-full max-w-[384px]">{children}</div>
      </main>
    </div>
  );
}

function DoorDrawing() {
  return (
    <svg
      viewBox="0 0 880 420"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      className="h-[130px] w-full lg:absolute lg:inset-x-0 lg:top-[14%] lg:h-auto"
    >
      <path d="M120 122c12-14 25-14 33 4 8-18 21-18 33-4M698 62c9-12 19-12 26 3 7-15 17-15 26-3" />
      <path d="M210 322a110 110 0 0 1 220 0z" fill="currentColor" stroke="none" />
      <path d="M520 322a110 110 0 0 1 220 0z" className="fill-accent" stroke="none" />
      <path d="M-400 334H1280" strokeWidth="4" />
      <path
        d="M90 380h70M250 368h140M280 392h80M560 368h140M600 392h80M760 384h60"
        className="stroke-line-strong"
        strokeLinecap="round"
      />
    </svg>
  );
}
