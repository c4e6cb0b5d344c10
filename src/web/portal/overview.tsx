/** @jsxImportSource preact */
import { usePortal } from "./context.ts";
import type { Erased, PortalData, PortalGrant } from "./contract.ts";
import { DecisionList } from "./decisions.tsx";
import { EraseCard } from "./erase.tsx";
import { nameOr } from "./format.ts";
import { GrantList } from "./grants.tsx";
import { LinkTime } from "./link-time.tsx";
import { ReaderList } from "./readers.tsx";
import { StoredTable } from "./stored.tsx";
import { TakeAway } from "./take-away.tsx";

interface OverviewProps {
  data: PortalData;
  isOffline: boolean;
  skewMs: number;
  onGrants(grants: PortalGrant[]): void;
  onErased(result: Erased): void;
}

/** The whole page of a person. */
export function Overview({ data, isOffline, skewMs, onGrants, onErased }: OverviewProps) {
  const { format, words } = usePortal();
  return (
    <div class="wrap">
      {isOffline && (
        <p class="offline" role="status">
          {words.offline.line(format.time(data.asOf))}
        </p>
      )}
      <div class="top">
        <h1>{words.title}</h1>
        <p class="quiet small">{words.asOf(format.time(data.asOf))}</p>
      </div>
      <p class="lead">{words.lead}</p>
      <Line left={data.company.name} right={nameOr(data.name, words.you)} />
      <LinkTime link={data.link} skewMs={skewMs} />
      <div class="columns">
        <StoredTable stored={data.stored} />
        <GrantList grants={data.grants} onChange={onGrants} />
      </div>
      <ReaderList readers={data.readers} />
      <DecisionList decisions={data.decisions} />
      <div class="cards">
        <TakeAway />
        <EraseCard onErased={onErased} />
      </div>
    </div>
  );
}

/** Both at the same height; the names stand beside it, so the drawing says nothing of its own. */
function Line({ left, right }: { left: string; right: string }) {
  return (
    <div class="horizon">
      <span>{left}</span>
      <span class="sea" aria-hidden="true">
        <i class="firm" />
        <i class="person" />
      </span>
      <span>{right}</span>
    </div>
  );
}
