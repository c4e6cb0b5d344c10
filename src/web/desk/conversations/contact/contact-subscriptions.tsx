import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";
import type { BodyOf, Contact } from "#kernel/api";
import {
  changeSubscription,
  listContactSubscriptions,
  type Subscription,
} from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { useRhythm } from "../../notices/use-rhythm.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

const freshMs = 5_000;
const pauseMs = 7 * 86_400_000;

/** Notices this person asked for, with a pause and an end on the person's wish. */
export function ContactSubscriptions({ contact }: { contact: Contact }) {
  const { t } = useText();
  const list = useQuery({
    queryKey: ["subscriptions", contact.id],
    queryFn: ({ signal }) => call(listContactSubscriptions, { params: { id: contact.id } }, signal),
    staleTime: freshMs,
  });
  const open = list.data?.items.filter(({ endedAt }) => endedAt === null) ?? [];
  return (
    <PanelSection
      icon={<Megaphone {...sectionIcon} />}
      title={t("subscriptions.title")}
      aside={open.length || undefined}
    >
      <FailureRows error={list.error} />
      {list.isSuccess && open.length === 0 && (
        <p className="text-small text-ink-2">{t("subscriptions.none")}</p>
      )}
      <ul className="grid gap-3 text-small">
        {open.map((one) => (
          <Row key={one.id} subscription={one} />
        ))}
      </ul>
    </PanelSection>
  );
}

function Row({ subscription }: { subscription: Subscription }) {
  const { t, language } = useText();
  const client = useQueryClient();
  const rhythm = useRhythm();
  const { id, topicTitle, value, channel, pausedUntil } = subscription;
  const name = [topicTitle[language] || topicTitle.de || topicTitle.en, value].filter(Boolean).join(": ");
  const changing = useMutation({
    mutationFn: (body: BodyOf<typeof changeSubscription>) =>
      call(changeSubscription, { params: { id }, body }),
    onSuccess: () => {
      for (const queryKey of [["subscriptions"], ["consents"], ["notices"]])
        void client.invalidateQueries({ queryKey });
      showToast({ text: t("subscriptions.changed") });
    },
  });
  const isPaused = pausedUntil !== null && Date.parse(pausedUntil) > Date.now();
  const pause = () => new Date(Date.now() + pauseMs).toISOString();
  return (
    <li className="wrap-anywhere">
      <p className="font-strong">{name}</p>
      <p className="text-ink-2">{[channel.name, ...rhythm(subscription)].join(", ")}</p>
      <div className="mt-1 flex flex-wrap gap-x-4">
        <Button
          variant="quiet"
          className="px-0!"
          aria-label={t(isPaused ? "subscriptions.resumeOf" : "subscriptions.pauseOf", { name })}
          busy={changing.isPending}
          onClick={() => changing.mutate({ pausedUntil: isPaused ? null : pause() })}
        >
          {t(isPaused ? "subscriptions.resume" : "subscriptions.pause")}
        </Button>
        <Button
          variant="quiet"
          className="px-0!"
          aria-label={t("subscriptions.endOf", { name })}
          busy={changing.isPending}
          onClick={() => changing.mutate({ end: true })}
        >
          {t("subscriptions.end")}
        </Button>
      </div>
      <FailureRows error={changing.error} />
    </li>
  );
}
