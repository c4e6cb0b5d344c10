import type { Progress } from "#kernel";
import { tell } from "../options.ts";

const EVERY_MS = 5_000;
const LINE_MS = 200;

/** Progress on stderr: one line that renews itself on a terminal, else a line every few seconds. */
export function showProgress(verb: string): { report(progress: Progress): void; end(): void } {
  const isTerminal = process.stderr.isTTY === true;
  let last = performance.now();
  let isOpen = false;
  return {
    report({ step, share }) {
      if (performance.now() - last < (isTerminal ? LINE_MS : EVERY_MS)) return;
      last = performance.now();
      const text = `${verb} ${Math.min(99, Math.floor(share * 100))} %  ${step}`;
      if (!isTerminal) return tell(text);
      process.stderr.write(`\r\u001b[K${text}`);
      isOpen = true;
    },
    end() {
      if (isOpen) process.stderr.write("\r\u001b[K");
    },
  };
}
