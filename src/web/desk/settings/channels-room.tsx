import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { ChannelSign, type ConnectableKind, connectableKinds } from "../conversations/channel-sign.tsx";
import { countsQuery } from "../conversations/queries.ts";
import { queries } from "../session/queries.ts";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { ChannelCard } from "./connections/channel-card.tsx";
import { ConnectForm } from "./connections/connect-form.tsx";

/** Where customers can write, and whether it works. */
export function ChannelsRoom() {
  const { t } = useText();
  const channels = useQuery(queries.channels);
  const mayChange = isManager(useMe());
  const [connecting, setConnecting] = useState<ConnectableKind | null>(null);
  const items = channels.data?.items;
  return (
    <Page title={t("house.channels")} subtitle={t("channels.subtitle")} actions={<Ways />}>
      {mayChange && (
        <section aria-label={t("channels.connect")} className="mb-5">
          <div className="flex flex-wrap items-center gap-2">
            <span className="mr-1 font-strong">{t("channels.connect")}</span>
            {connectableKinds.map((kind) => (
              <Button
                key={kind}
                aria-expanded={connecting === kind}
                onClick={() => setConnecting(connecting === kind ? null : kind)}
              >
                <ChannelSign kind={kind} size={18} />
                <span aria-hidden="true">{t(`channel.${kind}`)}</span>
              </Button>
            ))}
          </div>
          {connecting && (
            <ConnectForm key={connecting} kind={connecting} onDone={() => setConnecting(null)} />
          )}
        </section>
      )}
      {channels.isPending && <Waiting rows={3} label={t("channels.loading")} />}
      {channels.error && (
        <Failure
          error={channels.error}
          title={t("channels.notLoaded")}
          retry={() => void channels.refetch()}
        />
      )}
      {items?.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("channels.empty")}
        >
          {t("channels.emptyText")}
        </Statement>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        {items?.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} mayChange={mayChange} />
        ))}
      </div>
    </Page>
  );
}

/** To the company's own page, as customers see it, and to what could not be understood. */
function Ways() {
  const { t } = useText();
  const { slug } = useMe().company;
  const count = useQuery(countsQuery).data?.parked ?? 0;
  return (
    <>
      <a href={`/c/${slug}`} target="_blank" rel="noopener" className={buttonClass("secondary")}>
        <ExternalLink size={18} strokeWidth={1.75} aria-hidden="true" />
        {t("channels.page")}
      </a>
      <Link to="/parked" className={buttonClass("secondary")}>
        {count > 0 ? t("parked.count", { count }) : t("parked.title")}
      </Link>
    </>
  );
}
