import { useQuery } from "@tanstack/react-query";
import { PhoneCall } from "lucide-react";
import { PanelSection, sectionIcon } from "../conversations/contact/panel-section.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { callsQuery } from "./queries.ts";
import { TelephoneWords } from "./telephone-words.tsx";

const SHOWN = 5;

/** The last calls with this person, wherever they stand; nothing stands here before the first. */
export function ContactCalls({ contactId }: { contactId: number }) {
  return (
    <TelephoneWords>
      <Calls contactId={contactId} />
    </TelephoneWords>
  );
}

function Calls({ contactId }: { contactId: number }) {
  const { t, format } = useText();
  const now = useNow();
  const calls = useQuery(callsQuery(contactId)).data?.items.filter(({ isUndone }) => !isUndone) ?? [];
  if (calls.length === 0) return null;
  return (
    <PanelSection icon={<PhoneCall {...sectionIcon} />} title={t("calls.title")} aside={calls.length}>
      <ul className="grid gap-2 text-small">
        {calls.slice(0, SHOWN).map(({ id, at, direction, outcome, note }) => (
          <li key={id} className="wrap-anywhere">
            <p>
              <span className="font-strong">{t(`calls.entry.${direction}.${outcome}`)}</span>{" "}
              <time dateTime={at} className="text-ink-2">
                {format.moment(at, now)}
              </time>
            </p>
            {note && <p className="line-clamp-2 text-ink-2">{note}</p>}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
