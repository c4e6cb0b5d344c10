import type { LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Kbd } from "./kbd.tsx";

export interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
}

export function Menu({ trigger, children, align = "end" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Not in a portal: it belongs to the landmark in which its button stands. */}
      <DropdownMenu.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 min-w-56 animate-float overflow-y-auto rounded-2 border-b-2 border-ink bg-raised py-1 shadow-float"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  icon?: LucideIcon;
  shortcut?: string;
  danger?: boolean;
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, shortcut, danger = false, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={classNames(
        "flex min-h-(--ah-control) items-center gap-2.5 px-3 text-desk outline-none data-highlighted:bg-accent-soft",
        danger && "text-bad",
      )}
    >
      {Icon && <Icon size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />}
      <span className="flex-1">{children}</span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </DropdownMenu.Item>
  );
}

/** One of several: the chosen one carries a mark that is said aloud. */
export function MenuChoice({
  isChosen,
  onSelect,
  children,
}: {
  isChosen: boolean;
  onSelect(): void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={isChosen}
      onCheckedChange={onSelect}
      className={classNames(
        "flex min-h-(--ah-control) items-center border-l-3 px-3 text-desk outline-none data-highlighted:bg-accent-soft",
        isChosen ? "border-accent-edge font-strong" : "border-transparent",
      )}
    >
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuHeading({ children }: { children: string }) {
  return (
    <DropdownMenu.Label className="px-3 pt-2 pb-1 text-tiny font-strong text-ink-3">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
