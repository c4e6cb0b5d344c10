import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { classNames } from "../../ui/class-names.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { LogoSign } from "../../ui/logo.tsx";
import { useMe } from "../session/session.ts";
import { usePageTitle } from "../shell/page-titles.ts";
import { openPalette, paletteKeys } from "../shell/palette-key.ts";
import { useText } from "../text/use-text.ts";
import { completeFilter } from "./filter.ts";
import { ConversationList } from "./list.tsx";
import { ListFilters, ViewChips } from "./list-filters.tsx";
import { countsQuery } from "./queries.ts";

export function ListPane({ className }: { className?: string }) {
  const { t } = useText();
  const filter = completeFilter(useSearch({ from: "/shell/conversations" }));
  const counts = useQuery(countsQuery).data;
  const { company, companies } = useMe();
  usePageTitle(t("place.conversations"), counts?.mine ?? 0);
  return (
    <section
      aria-label={t("place.conversations")}
      className={classNames("flex h-full min-h-0 flex-col border-r border-line bg-sheet", className)}
    >
      <header className="border-b-2 border-ink px-4 pt-3.5 pb-3">
        <div className="flex items-center gap-3">
          <LogoSign className="w-8 lg:hidden" />
          <div className="mr-auto min-w-0">
            <h1 className="text-h2 leading-8">{t("place.conversations")}</h1>
            {/* Who works for several must see where. */}
            {companies.length > 1 && <p className="truncate text-small text-ink-2">{company.name}</p>}
          </div>
          <PaletteButton />
        </div>
        <div className="mt-2.5 flex flex-wrap items-center gap-1.5">
          <ViewChips filter={filter} counts={counts} />
          <ListFilters filter={filter} />
        </div>
      </header>
      <ConversationList filter={filter} />
    </section>
  );
}

function PaletteButton() {
  const { t } = useText();
  const keys = paletteKeys(t("key.control"));
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-keyshortcuts="Control+K Meta+K"
      className="inline-flex h-8 items-center gap-2 rounded-2 border border-line-strong px-2.5 hover:bg-sunken"
    >
      <Search size={18} strokeWidth={1.75} aria-hidden="true" />
      <span className="ear-only">{t("search.title")}</span>
      <span className="coarse:hidden">
        <Kbd>{keys.join(" ")}</Kbd>
      </span>
    </button>
  );
}
