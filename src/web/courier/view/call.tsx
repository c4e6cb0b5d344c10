/** @jsxImportSource preact */
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { Sheet } from "./sheet.tsx";

/** There is no bridge between two phones here, and no number crosses: the dispatcher calls. */
export function CallSheet({ shift, onClose }: { shift: SeenShift; onClose(): void }) {
  const { words } = useCourier();
  return (
    <Sheet title={words.call.title} onClose={onClose}>
      <p>{words.call.lead}</p>
      {shift.phone === "" ? (
        <p>{words.call.none}</p>
      ) : (
        <a class="button primary wide" href={`tel:${shift.phone}`}>
          <Icon name="phone" /> {words.call.number(shift.phone)}
        </a>
      )}
    </Sheet>
  );
}
