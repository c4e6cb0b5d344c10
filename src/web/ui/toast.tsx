import { Check, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";

export interface Toast {
  text: string;
  /** Where it can be taken back. */
  undo?: { label: string; onClick(): void };
}

type Shown = Toast & { id: number };
const shownMs = 6_000;
let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  change(shown.filter((toast) => toast.id !== id));
}

/** Says at the lower edge that something is done, for 6 s. Errors and results that matter are never toasts. */
export function showToast(toast: Toast): void {
  lastId += 1;
  change([...shown.slice(-2), { ...toast, id: lastId }]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands once in the page. */
export function Toaster({ closeLabel }: { closeLabel: string }) {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-16 z-60 grid justify-items-center gap-2 lg:inset-x-0 lg:bottom-0"
    >
      {toasts.map((toast) => (
        <ToastRow key={toast.id} toast={toast} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

function ToastRow({ toast, closeLabel }: { toast: Shown; closeLabel: string }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), shownMs);
    return () => clearTimeout(timer);
  }, [toast.id]);
  return (
    <div className="pointer-events-auto flex min-h-11 w-full max-w-[480px] animate-float items-center gap-3 rounded-t-2 bg-ink pl-4 text-desk text-ground shadow-float">
      <Check size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span className="flex-1 py-2">{toast.text}</span>
      {toast.undo && (
        <button
          type="button"
          className="min-h-11 font-strong underline underline-offset-4 focus-visible:outline-ground"
          onClick={() => {
            toast.undo?.onClick();
            dismiss(toast.id);
          }}
        >
          {toast.undo.label}
        </button>
      )}
      <button
        type="button"
        aria-label={closeLabel}
        className="inline-flex size-11 items-center justify-center focus-visible:-outline-offset-4 focus-visible:outline-ground"
        onClick={() => dismiss(toast.id)}
      >
        <X size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}
