import { useState } from "preact/hooks";
import { CallError } from "../customer-page/call.ts";
import { usePortal } from "./context.ts";

/** One call at a time, with the sentence that says why it brought nothing. */
export function useCall(): {
  isBusy: boolean;
  failure: string | null;
  run<T>(work: () => Promise<T>, then: (result: T) => void): void;
} {
  const { words, onEnded } = usePortal();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  return {
    isBusy,
    failure,
    run(work, then) {
      if (isBusy) return;
      setBusy(true);
      setFailure(null);
      work()
        .then(then, (error: unknown) => {
          const kind = error instanceof CallError ? error.failure : "refused";
          if (kind === "ended") onEnded();
          else setFailure(words.failures[kind]);
        })
        .finally(() => setBusy(false));
    },
  };
}
