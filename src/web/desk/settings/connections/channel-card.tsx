import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Stethoscope } from "lucide-react";
import { type BodyOf, type Channel, checkChannel, updateChannel } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { ChannelSign } from "../../conversations/channel-sign.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { channelAddress } from "./channel-address.ts";
import { ChannelEditor } from "./channel-editor.tsx";
import { Inspection } from "./inspection.tsx";

/** One channel: is it healthy, what to enter where, and switches. */
export function ChannelCard({ channel, mayChange }: { channel: Channel; mayChange: boolean }) {
  const { t } = useText();
  const address = channelAddress(channel);
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: (body: BodyOf<typeof updateChannel>) =>
      call(updateChannel, { params: { id: channel.id }, body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["channels"] }),
  });
  return (
    <Card>
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <ChannelSign kind={channel.kind} size={22} />
        <div className="mr-auto min-w-0">
          <h2 className="text-h2">{channel.name}</h2>
          {address !== "" && <p className="text-small break-words text-ink-2">{address}</p>}
        </div>
        {mayChange && (
          <Switch
            label={t("channels.activeOf", { name: channel.name })}
            hideLabel
            words={{ on: t("on"), off: t("off") }}
            checked={channel.active}
            onChange={(active) => changing.mutate({ active })}
          />
        )}
      </header>
      <Health channel={channel} mayChange={mayChange} />
      {mayChange && <Inspection channelId={channel.id} />}
      <ProviderData channel={channel} />
      <FailureRows error={changing.error} />
      {mayChange && (
        <ChannelEditor
          channel={channel}
          onSave={(body) => changing.mutateAsync(body)}
          isBusy={changing.isPending}
        />
      )}
    </Card>
  );
}

/** The light as sign, word and colour, with the node's reason. */
function Health({ channel, mayChange }: { channel: Channel; mayChange: boolean }) {
  const { t, format } = useText();
  const now = useNow();
  const { light, text, at } = channel.health;
  const checking = useMutation({ mutationFn: () => call(checkChannel, { params: { id: channel.id } }) });
  return (
    <div className="rounded-2 border border-line bg-ground px-4 py-3 text-small">
      <p>
        <StateLine kind={channel.active ? light : "off"}>
          {t(channel.active ? `health.${light}` : "health.inactive")}
        </StateLine>
      </p>
      <p className="mt-0.5">
        {text} {at && <span className="text-ink-2">{t("health.at", { when: format.moment(at, now) })}</span>}
      </p>
      {mayChange && (
        <div className="mt-2 flex flex-wrap items-center gap-3" aria-live="polite">
          <Button icon={Stethoscope} busy={checking.isPending} onClick={() => checking.mutate()}>
            {t("channels.check")}
          </Button>
          {checking.data && (
            <StateLine kind={checking.data.ok ? "ok" : "bad"}>{checking.data.text}</StateLine>
          )}
        </div>
      )}
      <FailureRows error={checking.error} />
    </div>
  );
}

/** What has to be entered at the provider, or in the web page. */
function ProviderData({ channel }: { channel: Channel }) {
  const { t } = useText();
  const rows = [
    [t("channels.webhook"), channel.webhook],
    [t("channels.verifyToken"), channel.verifyToken],
    [t("channels.snippet"), channel.snippet],
  ] as const;
  return (
    <div className="mt-4 grid gap-3">
      {rows.map(
        ([label, value]) =>
          value && (
            <CopyRow
              key={label}
              label={label}
              value={value}
              words={{ copy: t("copy"), copied: t("copied") }}
            />
          ),
      )}
      {channel.snippet && <p className="text-small text-ink-2">{t("channels.snippetHelp")}</p>}
    </div>
  );
}
