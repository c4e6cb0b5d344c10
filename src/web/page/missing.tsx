/** @jsxImportSource preact */
import type { PageWords } from "./words.ts";

/** No such company, or no answer: what happened, what is kept, what helps. */
export function Missing({ words, onRetry }: { words: PageWords; onRetry(): void }) {
  const { title, rows, retry } = words.missing;
  return (
    <main class="missing">
      <svg viewBox="0 0 260 48" aria-hidden="true">
        <path class="ink" d="M60 40a20 20 0 0 1 40 0z" />
        <path d="M0 41h114M146 41h114" />
        <path class="fog" d="M158 8h46M140 18h80M130 28h66" />
        <path class="ghost" d="M160 40a20 20 0 0 1 40 0" />
      </svg>
      <h1>{title}</h1>
      <dl>
        {rows.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button primary" onClick={onRetry}>
        {retry}
      </button>
    </main>
  );
}
