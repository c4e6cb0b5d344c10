import { X } from "lucide-react";
import { Dialog as Base } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Button, IconButton } from "./button.tsx";

export interface DialogProps {
  isOpen: boolean;
  onClose(): void;
  /** The question, as a full sentence. */
  title: string;
  /** Name of the closing cross. */
  closeLabel: string;
  children: ReactNode;
  /** What gets the focus: the safer answer. Without it the first control. */
  focusFirst?: RefObject<HTMLElement | null>;
}

/** A floating layer with a question. On phones it stands on the lower edge. */
export function Dialog({ isOpen, onClose, title, closeLabel, children, focusFirst }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Base.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            if (!focusFirst?.current) return;
            event.preventDefault();
            focusFirst.current.focus();
          }}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-float flex-col rounded-t-3 border-b-2 border-ink bg-raised shadow-float md:inset-x-auto md:top-[14vh] md:bottom-auto md:left-1/2 md:max-h-[78vh] md:w-[560px] md:-translate-x-1/2"
        >
          <header className="flex items-start justify-between gap-4 px-6 pt-5 pb-3">
            <Base.Title className="text-h2">{title}</Base.Title>
            <Base.Close asChild>
              <IconButton icon={X} label={closeLabel} className="-mt-2 -mr-3" />
            </Base.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
          <div tabIndex={0} className="overflow-y-auto px-6 pb-6 focus-visible:-outline-offset-2">
            {children}
          </div>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

export interface AnswersProps {
  /** Keeps everything as it is; stands first and has the focus. */
  safe: { label: string; onClick(): void; ref?: RefObject<HTMLButtonElement | null> };
  act: { label: string; onClick(): void; busy?: boolean; danger?: boolean };
}

/** The two answers of a confirming dialog, the same size. */
export function Answers({ safe, act }: AnswersProps) {
  return (
    <div className="mt-6 grid gap-2 sm:grid-cols-2">
      <Button ref={safe.ref} onClick={safe.onClick}>
        {safe.label}
      </Button>
      <Button variant={act.danger ? "danger-filled" : "primary"} busy={act.busy} onClick={act.onClick}>
        {act.label}
      </Button>
    </div>
  );
}
