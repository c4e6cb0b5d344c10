import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { useText } from "../text/use-text.ts";
import { Failure } from "./failure.tsx";

/** A room's list that comes page by page: waiting, failing, empty, with nothing that fits, and with more to come. */

interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next; null = this was the last. */
  readonly next: string | null;
}

interface PagesOf<Item> {
  key: QueryKey;
  load(cursor: string | undefined, signal: AbortSignal): Promise<Page<Item>>;
  /** Looked at again this often; without it when the key changes. */
  freshMs?: number;
}

export function usePages<Item>({ key, load, freshMs }: PagesOf<Item>) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Item>) => last.next,
    ...(freshMs !== undefined && { staleTime: 0, refetchInterval: freshMs }),
  });
}

interface PagedListProps<Item> {
  list: ReturnType<typeof usePages<Item>>;
  words: {
    title: string;
    loading: string;
    notLoaded: string;
    none: string;
    noneText: string;
    noMatch: string;
  };
  /** What narrows the list down; not shown while there is nothing at all. */
  filter: ReactNode;
  isFiltered: boolean;
  row(item: Item): ReactNode;
}

export function PagedList<Item>({ list, words, filter, isFiltered, row }: PagedListProps<Item>) {
  const { t } = useText();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.isSuccess && items.length === 0;
  // Each letter of a search is a list of its own: while it is asked for, the field must keep the focus.
  const wasShown = useRef(false);
  const isShown = list.isSuccess ? !isEmpty || isFiltered : wasShown.current;
  wasShown.current = isShown;
  return (
    <>
      {list.isPending && !isShown && <Waiting rows={6} label={words.loading} />}
      {list.error && <Failure error={list.error} title={words.notLoaded} retry={() => void list.refetch()} />}
      {isEmpty && !isFiltered && (
        <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={words.none}>
          {words.noneText}
        </Statement>
      )}
      {isShown && (
        <section aria-label={words.title} className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
          {filter}
          {list.isPending && <Waiting rows={6} label={words.loading} />}
          {isEmpty && <p className="py-6 text-ink-2">{words.noMatch}</p>}
          {items.length > 0 && (
            <ul className="divide-y divide-line border-t-[1.5px] border-ink">{items.map(row)}</ul>
          )}
          {list.hasNextPage && (
            <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("list.more")}
            </Button>
          )}
        </section>
      )}
    </>
  );
}
