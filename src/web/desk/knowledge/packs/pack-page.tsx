import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Waiting } from "../../../ui/card.tsx";
import { Failure } from "../../shell/failure.tsx";
import { Page } from "../../shell/page.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";
import { PackForm } from "./pack-form.tsx";
import { packQuery } from "./queries.ts";

/** One trade's pack: what it brings, and the facts that only the company knows. */
export function PackPage() {
  return (
    <RoomWords room="packs">
      <OnePack />
    </RoomWords>
  );
}

function OnePack() {
  const { t, language } = useText();
  const { pack: name } = useParams({ from: "/shell/knowledge/packs/$pack" });
  const pack = useQuery(packQuery(name));
  return (
    <Page
      title={pack.data?.title[language] ?? t("packs.title")}
      subtitle={pack.data?.description[language]}
      back={{ to: "/knowledge/packs", label: t("packs.title") }}
    >
      {pack.isPending && <Waiting rows={8} label={t("packs.loading")} />}
      {pack.error && (
        <Failure error={pack.error} title={t("pack.notLoaded")} retry={() => void pack.refetch()} />
      )}
      {pack.data && <PackForm key={pack.data.name} pack={pack.data} />}
    </Page>
  );
}
