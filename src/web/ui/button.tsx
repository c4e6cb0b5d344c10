import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, MouseEvent, Ref } from "react";
import { classNames } from "./class-names.ts";

/** One `primary` per view or card; `danger` is an outline, filled only inside the dialog that confirms. */
export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "danger-filled";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant;
  /** A line runs along the lower edge; text and width stay. Until it is over neither a click nor Enter in the form does it again. */
  busy?: boolean;
  icon?: LucideIcon;
  ref?: Ref<HTMLButtonElement>;
}

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border border-accent-edge",
  secondary: "bg-sheet text-ink border border-line-strong hover:bg-sunken",
  quiet: "text-accent-text hover:underline underline-offset-4 border border-transparent",
  danger: "bg-sheet text-bad border border-bad hover:bg-bad-soft",
  "danger-filled": "bg-bad text-sheet border border-bad hover:opacity-90",
};

/** The classes of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = "secondary"): string {
  return classNames(
    "inline-flex min-h-(--ah-control) items-center justify-center gap-2 rounded-2 px-4 py-1 text-desk font-strong",
    variants[variant],
  );
}

type Click = MouseEvent<HTMLButtonElement>;

/**
 * What a click does. One that comes while the first is under way is taken away, and so is the second of a double click: what would be
 * done twice then is seldom wanted twice. A form that is sent by Enter clicks its button, so this holds for it, too. The button stays
 * able to have the focus.
 * @param busy undefined: nothing that takes time, so every click counts
 */
export function onceAtATime(busy: boolean | undefined, onClick: ((event: Click) => void) | undefined) {
  if (busy === undefined) return onClick;
  return (event: Click) => {
    if (!busy && event.detail <= 1) return onClick?.(event);
    event.preventDefault();
    event.stopPropagation();
  };
}

export function Button({
  variant = "secondary",
  busy,
  icon: Icon,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      className={classNames(buttonClass(variant), busy && "busy-line", className)}
      onClick={onceAtATime(busy, onClick)}
      {...rest}
    >
      {Icon && <Icon size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "icon" | "variant" | "busy"> {
  icon: LucideIcon;
  /** Its name: said aloud, and shown as a tip. */
  label: string;
}

/** A frequent action as an icon alone; rare ones get words. */
export function IconButton({ icon: Icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        "inline-flex size-(--ah-control) shrink-0 items-center justify-center rounded-2 text-ink hover:bg-sunken",
        className,
      )}
      {...rest}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
