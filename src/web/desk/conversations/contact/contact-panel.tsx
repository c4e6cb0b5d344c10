import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Contact, Conversation } from "#kernel/api";
import { IconButton } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { extra } from "../../shell/extra.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { contactName } from "../contact-name.ts";
import { ContactConversations } from "./contact-conversations.tsx";
import { ContactDetails } from "./contact-details.tsx";
import { Identities } from "./identities.tsx";
import { contactQuery } from "./queries.ts";

const ContactMerges = extra(() => import("./contact-merges.tsx"), "ContactMerges");
const PartySection = extra(() => import("../../business/party-section.tsx"), "PartySection");
const ContactCalls = extra(() => import("../../telephone/contact-calls.tsx"), "ContactCalls");
const ContactConsents = extra(() => import("./contact-consents.tsx"), "ContactConsents");
const ContactDeliveries = extra(() => import("./contact-deliveries.tsx"), "ContactDeliveries");
const ContactDuties = extra(() => import("./contact-duties.tsx"), "ContactDuties");
const ContactPayments = extra(() => import("../../payments/contact-payments.tsx"), "ContactPayments");
const ContactLookups = extra(() => import("./contact-lookups.tsx"), "ContactLookups");

interface PanelProps {
  conversation: Conversation;
  isOpen: boolean;
  onClose(): void;
}

/** Who it is. From 1280 px on always there; below it slides over the conversation. */
export function ContactPanel({ conversation, isOpen, onClose }: PanelProps) {
  const { t, format } = useText();
  const contact = useQuery(contactQuery(conversation.contact.id));
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isOpen) place.current?.focus();
  }, [isOpen]);
  return (
    <aside
      ref={place}
      tabIndex={-1}
      aria-label={t("contact.title")}
      className={classNames(
        "w-full flex-col overflow-y-auto border-l border-line bg-sheet xl:static xl:flex xl:w-81 xl:shrink-0 xl:animate-none",
        isOpen
          ? "fixed inset-y-0 right-0 z-30 flex animate-float sm:w-90 sm:shadow-float xl:shadow-none"
          : "hidden",
      )}
    >
      <header className="flex items-start justify-between gap-2 px-4 pt-4 pb-3">
        <div className="min-w-0">
          <h2 className="text-h2">
            {contactName(contact.data ?? conversation.contact, conversation.channel.kind, t)}
          </h2>
          {contact.data && (
            <p className="text-small text-ink-2">
              {[contact.data.company, t("contact.since", { date: format.date(contact.data.firstSeenAt) })]
                .filter(Boolean)
                .join(" · ")}
            </p>
          )}
        </div>
        <IconButton icon={X} label={t("close")} className="-mt-1 xl:hidden" onClick={onClose} />
      </header>
      {contact.isPending && <Waiting rows={4} label={t("contact.loading")} />}
      {contact.error && (
        <Failure error={contact.error} title={t("contact.notLoaded")} retry={() => void contact.refetch()} />
      )}
      {contact.data && <Sections contact={contact.data} conversation={conversation} />}
    </aside>
  );
}

function Sections({ contact, conversation }: { contact: Contact; conversation: Conversation }) {
  return (
    <>
      <PartySection conversationId={conversation.id} />
      <Identities contact={contact} />
      <ContactDetails key={contact.id} contact={contact} />
      <ContactDeliveries contactId={contact.id} />
      <ContactPayments conversationId={conversation.id} />
      <ContactLookups contactId={contact.id} />
      <ContactCalls contactId={contact.id} />
      <ContactConversations contact={contact} openId={conversation.id} />
      <ContactConsents contact={contact} />
      <ContactMerges contact={contact} />
      <ContactDuties contact={contact} />
    </>
  );
}
