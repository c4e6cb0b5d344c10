/** @jsxImportSource preact */
import type { SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";

/** What is handed over, and how it is treated. */
export function Parcels({ stop }: { stop: SeenStop }) {
  const { words } = useCourier();
  return (
    <div class="parcels">
      <p>
        <Icon name="package" />
        <span>
          <b>{words.stop.parcels(stop.parcels)}</b> · {words.stop.from(stop.senderName)}
          {stop.senderReference && (
            <>
              , <code>{stop.senderReference}</code>
            </>
          )}
        </span>
      </p>
      {stop.skills.length > 0 && (
        <ul class="marks">
          {stop.skills.map((skill) => (
            <li key={skill} class="tag">
              {words.stop.skills[skill]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
