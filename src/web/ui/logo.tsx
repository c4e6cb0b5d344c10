import { classNames } from "./class-names.ts";

const sign = "M4 29a9 9 0 0 1 18 0z";
const partner = "M26 29a9 9 0 0 1 18 0z";

/** The sign: two half circles of the same size on one line. Takes its ink from the text colour. */
export function LogoSign({ className }: { className?: string }) {
  return (
    <svg viewBox="0 14 48 24" aria-hidden="true" className={classNames("text-ink", className)}>
      <path d={sign} fill="currentColor" />
      <path d={partner} className="fill-accent" />
      <path d="M2 33.8H46" stroke="currentColor" strokeWidth="3.4" strokeLinecap="round" fill="none" />
    </svg>
  );
}

/** Sign and name. The name is text in the heading font: the wordmark's paths would cost 2 kB for one page. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={classNames("inline-flex items-center gap-2.5 text-ink", className)}>
      <LogoSign className="w-9" />
      <span className="font-head text-h2 font-heavy">Augenhöhe</span>
    </span>
  );
}
