/** @jsxImportSource preact */
import type { CourierStop } from "../contract.ts";
import { navigationLink } from "../state/navigation.ts";
import type { Navigation } from "../state/phone-store.ts";
import { useCourier } from "./context.ts";
import { Sheet } from "./sheet.tsx";

export const NAVIGATIONS: readonly Navigation[] = ["geo", "google", "apple", "osm"];

/** Chosen once; afterwards the button leads there at once. */
export function NavigationSheet({
  stop,
  onClose,
}: {
  stop: Pick<CourierStop, "place" | "address">;
  onClose(): void;
}) {
  const { words, session } = useCourier();
  return (
    <Sheet title={words.more.navigation} onClose={onClose}>
      <div class="stack">
        {NAVIGATIONS.map((one) => (
          <a
            key={one}
            class="button wide"
            href={navigationLink(one, stop)}
            target="_blank"
            rel="noreferrer"
            onClick={() => {
              void session.change({ navigation: one });
              onClose();
            }}
          >
            {words.more.navigations[one]}
          </a>
        ))}
      </div>
    </Sheet>
  );
}
