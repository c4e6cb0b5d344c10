/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "./words.ts";

/** What happened, what is kept, what one can do. */
export function ProblemPage({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="wrap narrow" id="content">
      <svg class="fog" viewBox="0 0 260 48" aria-hidden="true">
        <path class="solid" d="M60 40a20 20 0 0 1 40 0z" />
        <path d="M0 41h114M146 41h114" />
        <path class="haze" d="M158 8h46M140 18h80M130 28h66" />
        <path class="ghost" d="M160 40a20 20 0 0 1 40 0" />
      </svg>
      <h1 ref={heading} tabIndex={-1}>
        {problem.title}
      </h1>
      <dl class="problem">
        {problem.rows.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {problem.retry && onRetry && (
        <button type="button" class="button primary" onClick={onRetry}>
          {problem.retry}
        </button>
      )}
    </main>
  );
}
