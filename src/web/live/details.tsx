/** @jsxImportSource preact */
import triangleAlert from "lucide-react/icons/triangle-alert";
import { Icon } from "../customer-page/icon.tsx";
import { useDelivery } from "./context.ts";
import type { Live } from "./contract.ts";

/** The code for the door, what is checked there, and what was agreed. */
export function CodeCard({ live }: { live: Live }) {
  const { words } = useDelivery();
  if (!live.code && !(live.isAgeChecked && live.choices.length > 0)) return null;
  return (
    <section class="code-card" aria-labelledby="code">
      {live.code && (
        <>
          <h2 id="code">{words.code.title}</h2>
          <p class="code">
            <span class="hidden">{words.code.label([...live.code].join(" "))}</span>
            <span aria-hidden="true">{live.code}</span>
          </p>
          <p class="small quiet">{words.code.text}</p>
        </>
      )}
      {live.isAgeChecked && (
        <p class="row" id={live.code ? undefined : "code"}>
          <Icon of={triangleAlert} /> {words.ageCheck}
        </p>
      )}
    </section>
  );
}

export function Details({ live }: { live: Live }) {
  const { words } = useDelivery();
  const { title, address, reference, note } = words.details;
  const rows = [
    [address, live.address],
    [reference, live.reference],
    [note, live.doorNote],
  ].filter(([, text]) => text !== "");
  return (
    <section aria-labelledby="details">
      <h2 id="details">{title}</h2>
      <dl class="details">
        {rows.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={live.company.page}>{words.conversation}</a>
      </p>
    </section>
  );
}
