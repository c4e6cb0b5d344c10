import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import type { Conversation, TextBlock } from "#kernel/api";
import { queries } from "../../session/queries.ts";
import { useMe } from "../../session/session.ts";
import { blockQuery, matchingBlocks } from "./text-blocks.tsx";

interface PickerOptions {
  conversation: Conversation;
  text: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onText(text: string): void;
}

/** Text blocks by "/": the state of the list, and the keys it takes from the field. */
export function useBlockPicker({ conversation, text, field, onText }: PickerOptions) {
  const id = useId();
  const agent = useMe().user.name;
  const blocks = useQuery(queries.textBlocks).data?.items ?? [];
  const [cursor, setCursor] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const query = blockQuery(text, cursor);
  const isOpen = query !== null && text !== dismissed;
  const matches = isOpen ? matchingBlocks(blocks, query.words, conversation.language) : [];
  const take = (block: TextBlock) => {
    if (!query) return;
    const words = filled(block.text, { name: conversation.contact.name, agent });
    const next = text.slice(0, query.from) + words + text.slice(cursor);
    onText(next);
    const end = query.from + words.length;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
      setCursor(end);
    });
  };
  /** True when the key belonged to the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const block = matches[Math.min(chosen, matches.length - 1)];
    if (event.key === "Escape") setDismissed(text);
    else if (event.key === "ArrowDown") setChosen((at) => Math.min(at + 1, matches.length - 1));
    else if (event.key === "ArrowUp") setChosen((at) => Math.max(at - 1, 0));
    else if ((event.key === "Enter" || event.key === "Tab") && block) take(block);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const onCursor = (at: number) => {
    setCursor(at);
    setChosen(0);
  };
  return {
    id,
    isOpen,
    matches,
    chosen: Math.min(chosen, Math.max(0, matches.length - 1)),
    take,
    onKeyDown,
    onCursor,
  };
}

/** `{name}` and `{agent}` in a block become the customer's and the writer's name. */
function filled(text: string, names: { name: string; agent: string }): string {
  return text.replaceAll("{name}", names.name).replaceAll("{agent}", names.agent);
}
