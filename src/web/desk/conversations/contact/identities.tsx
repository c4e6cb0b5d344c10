import { Link2 } from "lucide-react";
import type { Contact } from "#kernel/api";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

/** Where this person can be met: the set of channel identities, with the day each was last used. */
export function Identities({ contact }: { contact: Contact }) {
  const { t, format } = useText();
  const now = useNow();
  return (
    <PanelSection
      icon={<Link2 {...sectionIcon} />}
      title={t("identities.title")}
      aside={format.number(contact.identities.length)}
    >
      <dl className="grid gap-1.5 text-small">
        {contact.identities.map(({ kind, value, lastSeenAt }) => (
          <div key={`${kind} ${value}`} className="flex items-baseline justify-between gap-3">
            <dt className="shrink-0 text-ink-2">{t.maybe(`identity.${kind}`) ?? kind}</dt>
            <dd className="min-w-0 text-right">
              <span className="block truncate" title={value}>
                {shown(value)}
              </span>
              <span className="text-tiny text-ink-3">
                {t("identities.lastSeen", { when: format.moment(lastSeenAt, now) })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {contact.identities.length === 0 && <p className="text-small text-ink-2">{t("identities.none")}</p>}
    </PanelSection>
  );
}

/** Long random keys say nothing: their beginning is enough to tell two apart. */
function shown(value: string): string {
  return value.length > 28 && !value.includes("@") ? `${value.slice(0, 12)}…` : value;
}
