import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import type { Contact } from "#kernel/api";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { type ChannelKind, ChannelSign } from "../channel-sign.tsx";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

/** All conversations with this person, on every channel. */
export function ContactConversations({ contact, openId }: { contact: Contact; openId: number }) {
  const { t, format } = useText();
  const now = useNow();
  return (
    <PanelSection
      icon={<History {...sectionIcon} />}
      title={t("contact.conversations")}
      aside={format.number(contact.conversations.length)}
    >
      <ul className="-mx-2 text-small">
        {contact.conversations.map(({ id, channelKind, state, lastMessageAt }) => (
          <li key={id}>
            <Link
              to="/conversations/$id"
              params={{ id }}
              search={(kept) => kept}
              aria-current={id === openId ? "true" : undefined}
              className="flex min-h-8 items-center gap-2 rounded-2 px-2 hover:bg-ground aria-[current=true]:bg-accent-soft"
            >
              <ChannelSign kind={channelKind as ChannelKind} />
              <span>{t.maybe(`state.${state}`) ?? state}</span>
              <span className="ml-auto text-ink-2">{format.moment(lastMessageAt, now)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
