import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReplyOf } from "#kernel/api";
import type { listPacks } from "../../../../skills/service/api.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { Failure } from "../../shell/failure.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";
import { KnowledgeFrame } from "../knowledge-frame.tsx";
import { packsQuery } from "./queries.ts";

type Summary = ReplyOf<typeof listPacks>["items"][number];

/** Which trade? Each card leads to its pack. */
export function PacksPage() {
  return (
    <RoomWords room="packs">
      <PackList />
    </RoomWords>
  );
}

function PackList() {
  const { t } = useText();
  const { first } = useSearch({ from: "/shell/knowledge/packs" });
  const packs = useQuery(packsQuery);
  return (
    <KnowledgeFrame
      title={t(first ? "packs.first" : "packs.title")}
      subtitle={t("packs.subtitle")}
      actions={
        first && (
          <Link to="/settings/channels" className={buttonClass("secondary")}>
            {t("packs.later")}
          </Link>
        )
      }
    >
      {packs.isPending && <Waiting rows={6} label={t("packs.loading")} />}
      {packs.error && (
        <Failure error={packs.error} title={t("packs.notLoaded")} retry={() => void packs.refetch()} />
      )}
      {packs.data && (
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {packs.data.items.map((pack) => (
            <PackCard key={pack.name} pack={pack} />
          ))}
        </ul>
      )}
    </KnowledgeFrame>
  );
}

function PackCard({ pack }: { pack: Summary }) {
  const { t, language } = useText();
  return (
    <li className="relative grid content-start gap-2 rounded-2 border border-line bg-sheet p-4 hover:border-line-strong sm:p-6">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-h2">
          <Link
            to="/knowledge/packs/$pack"
            params={{ pack: pack.name }}
            className="after:absolute after:inset-0 after:rounded-2 hover:underline"
          >
            {pack.title[language]}
          </Link>
        </h2>
        {pack.isApplied && pack.unfilled === 0 && <Tag kind="ok">{t("packs.applied")}</Tag>}
        {pack.isApplied && pack.unfilled > 0 && (
          <Tag kind="warn">{t("packs.toFill", { count: pack.unfilled })}</Tag>
        )}
      </div>
      <p className="text-ink-2">{pack.description[language]}</p>
      <p className="text-small text-ink-2">
        {t("packs.topics", { count: pack.topics })}, {t("packs.facts", { count: pack.placeholders })}
      </p>
    </li>
  );
}
