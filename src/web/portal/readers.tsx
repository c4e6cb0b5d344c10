/** @jsxImportSource preact */
import eye from "lucide-react/icons/eye";
import { Icon } from "../customer-page/icon.tsx";
import { usePortal } from "./context.ts";
import type { PortalData, PortalReader } from "./contract.ts";

/** Who of the team looked, day by day. */
export function ReaderList({ readers }: { readers: PortalData["readers"] }) {
  const { format, words } = usePortal();
  const [last] = readers.items;
  const whenOf = (reader: PortalReader) =>
    words.readers.when(format.day(reader.day), format.clock(reader.firstAt));
  const whoOf = ({ name, role }: PortalReader) =>
    [name, words.readers.roles[role] ?? role].filter(Boolean).join(", ");
  return (
    <section class="readers" aria-labelledby="readers-title">
      <h2 id="readers-title">{words.readers.title}</h2>
      <p class="last">
        <Icon of={eye} />
        <span>{last ? words.readers.last(whoOf(last), whenOf(last)) : words.readers.none}</span>
      </p>
      {readers.items.length > 1 && (
        <details>
          <summary>{words.readers.all(format.number(readers.items.length + readers.more))}</summary>
          <ul>
            {readers.items.map((reader) => (
              <li key={`${reader.day} ${reader.firstAt} ${reader.name}`}>
                <span>{whoOf(reader)}</span> <span class="quiet">{whenOf(reader)}</span>
              </li>
            ))}
          </ul>
          {readers.more > 0 && <p class="quiet small">{words.readers.more(format.number(readers.more))}</p>}
        </details>
      )}
    </section>
  );
}
