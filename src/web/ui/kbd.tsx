/** A key, as printed on it. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-1 border border-line bg-ground px-1 font-mono text-rail text-ink-2">
      {children}
    </kbd>
  );
}
