/** @jsxImportSource preact */
import { usePortal } from "./context.ts";
import type { PortalStored } from "./contract.ts";

/** What is stored, why, and how long: a table that becomes a list of lines on a phone. */
export function StoredTable({ stored }: { stored: readonly PortalStored[] }) {
  const { words } = usePortal();
  const { title, what, why, howLong, nothing } = words.stored;
  return (
    <section class="stored" aria-labelledby="stored-title">
      <h2 id="stored-title">{title}</h2>
      {stored.length === 0 ? (
        <p class="empty">{nothing}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              <th scope="col">{why}</th>
              <th scope="col">{howLong}</th>
            </tr>
          </thead>
          <tbody>
            {stored.map((one) => (
              <StoredRow key={`${one.kind} ${one.room}`} one={one} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function StoredRow({ one }: { one: PortalStored }) {
  const { format, language, words } = usePortal();
  const { kinds, rooms, entries, web } = words.stored;
  const count = format.number(one.count);
  const kind = kinds[one.kind];
  const what = kind?.what(count) ?? rooms[one.room] ?? one.room;
  const why = kind ? [kind.why] : one.purposes.map((purpose) => purpose[language]);
  const values = one.values.map((value) => (value === "web" ? web : value));
  return (
    <tr>
      <th scope="row">
        {what}
        {!kind && <span class="value">{entries(count)}</span>}
        {values.map((value) => (
          <span class="value" key={value}>
            {value}
          </span>
        ))}
      </th>
      <td>
        {why.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </td>
      <td>
        <HowLong one={one} />
      </td>
    </tr>
  );
}

/** What belongs to the conversation goes with it; everything else when its purpose is over, or when it is erased. */
function HowLong({ one }: { one: PortalStored }) {
  const { format, words } = usePortal();
  const { kinds, untilErased, days, afterLast } = words.stored;
  if (one.keepDays === null) return kinds[one.kind]?.howLong ?? untilErased;
  return (one.kind === "skill" ? days : afterLast)(format.number(one.keepDays));
}
