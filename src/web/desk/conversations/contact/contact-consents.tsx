import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { useState } from "react";
import {
  type ConsentGrant,
  type Contact,
  listConsents,
  listPurposes,
  type ReplyOf,
  withdrawConsents,
} from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { queries } from "../../session/queries.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { ConsentForm } from "./consent-form.tsx";
import { ContactSubscriptions } from "./contact-subscriptions.tsx";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

export type Purpose = ReplyOf<typeof listPurposes>["items"][number];
/** What a new record begins with: nothing, or a grant that is given again. */
export type Begun = "empty" | ConsentGrant;

/** What this person agreed to: each with its switch, and the way to record a new one with its evidence. */
export function ContactConsents({ contact }: { contact: Contact }) {
  return (
    <>
      <Consents key={contact.id} contact={contact} />
      <ContactSubscriptions contact={contact} />
    </>
  );
}

const freshMs = 5_000;

function Consents({ contact }: { contact: Contact }) {
  const { t } = useText();
  const [begun, setBegun] = useState<Begun | null>(null);
  const grants = useQuery({
    queryKey: ["consents", contact.id],
    queryFn: ({ signal }) => call(listConsents, { params: { id: contact.id } }, signal),
    staleTime: freshMs,
  });
  const purposes = useQuery({
    queryKey: ["purposes"],
    queryFn: ({ signal }) => call(listPurposes, {}, signal),
  });
  const items = latest(grants.data?.items ?? []);
  const open = items.filter(isOpen).length;
  return (
    <PanelSection icon={<BellRing {...sectionIcon} />} title={t("consents.title")} aside={open || undefined}>
      {grants.isPending && <Waiting rows={1} label={t("consents.loading")} />}
      <FailureRows error={grants.error ?? purposes.error} />
      {grants.isSuccess && items.length === 0 && (
        <p className="text-small text-ink-2">{t("consents.none")}</p>
      )}
      <ul className="grid gap-3">
        {items.map((grant) => (
          <GrantRow
            key={grant.id}
            grant={grant}
            purpose={purposes.data?.items.find(({ id }) => id === grant.purpose)}
            onGiveAgain={() => setBegun(grant)}
          />
        ))}
      </ul>
      {purposes.data && begun !== null && (
        <ConsentForm
          key={begun === "empty" ? "empty" : begun.id}
          contact={contact}
          begun={begun}
          purposes={purposes.data.items.filter(({ legalBasis }) => legalBasis === "consent")}
          onDone={() => setBegun(null)}
        />
      )}
      {begun === null && (
        <Button className="mt-3 w-full" onClick={() => setBegun("empty")}>
          {t("consents.record")}
        </Button>
      )}
    </PanelSection>
  );
}

interface RowProps {
  grant: ConsentGrant;
  /** undefined = no skill declares it any more */
  purpose: Purpose | undefined;
  onGiveAgain(): void;
}

function GrantRow({ grant, purpose, onGiveAgain }: RowProps) {
  const { t, language, format } = useText();
  const client = useQueryClient();
  const channels = useQuery(queries.channels).data?.items;
  const { contactId, channelId, topic, topicName, grantedAt, expiresAt, withdrawnAt } = grant;
  const withdrawing = useMutation({
    mutationFn: () =>
      call(withdrawConsents, {
        params: { id: contactId },
        body: { purpose: grant.purpose, topic, channelId },
      }),
    onSuccess: () => {
      for (const queryKey of [["consents"], ["subscriptions"], ["notices"]])
        void client.invalidateQueries({ queryKey });
      showToast({ text: t("consents.off") });
    },
  });
  const isOn = isOpen(grant);
  const about = topicName?.[language] ?? topic;
  const why = purpose?.text[language] ?? grant.purpose;
  const name = about === "" ? why : `${why.replace(/\.$/, "")}: ${about}`;
  const facts = [
    channels?.find(({ id }) => id === channelId)?.name,
    withdrawnAt
      ? t("consents.withdrawn", { date: format.date(withdrawnAt) })
      : !isOn && expiresAt
        ? t("consents.ranOut", { date: format.date(expiresAt) })
        : t("consents.since", { date: format.date(grantedAt) }),
    isOn && expiresAt && t("consents.until", { date: format.date(expiresAt) }),
    t(`consents.how.${grant.how}`),
  ];
  return (
    <li className="wrap-anywhere">
      <Switch
        label={name}
        help={facts.filter(Boolean).join(", ")}
        words={{ on: t("on"), off: t("off") }}
        checked={isOn}
        onChange={(isWanted) => (isWanted ? onGiveAgain() : withdrawing.mutate())}
      />
      <details className="mt-1 text-tiny text-ink-2">
        <summary className="min-h-6">{t("consents.wording")}</summary>
        <p lang={grant.language} className="mt-1 border-l-2 border-line-strong pl-2">
          {grant.text}
        </p>
      </details>
      <FailureRows error={withdrawing.error} />
    </li>
  );
}

function isOpen({ withdrawnAt, expiresAt }: ConsentGrant): boolean {
  return withdrawnAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}

/** The last word on each purpose, topic and channel; what holds stands first. */
function latest(grants: readonly ConsentGrant[]): ConsentGrant[] {
  const last = new Map<string, ConsentGrant>();
  for (const grant of [...grants].sort((a, b) => a.grantedAt.localeCompare(b.grantedAt) || a.id - b.id))
    last.set(JSON.stringify([grant.purpose, grant.topic, grant.channelId]), grant);
  return [...last.values()].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.id - a.id);
}
