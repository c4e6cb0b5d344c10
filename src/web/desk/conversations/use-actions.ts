import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import {
  assignConversation,
  type BodyOf,
  type Conversation,
  closeConversation,
  reopenConversation,
  returnConversation,
  takeConversation,
} from "#kernel/api";
import { call } from "../../client/call.ts";
import { showToast } from "../../ui/toast.tsx";
import { useMe, useMyDepartment } from "../session/session.ts";
import { takeConversation as writeConversation } from "../shell/live-feed.ts";
import { useText } from "../text/use-text.ts";

export type Assignment = Pick<BodyOf<typeof assignConversation>, "staffId" | "departmentId">;

export interface ConversationActions {
  take(): void;
  close(): void;
  reopen(): void;
  giveBack(): void;
  assign(to: Assignment, name: string, before: Assignment): void;
  isBusy: boolean;
  /** Of the last action; stays until the next one. */
  error: unknown;
}

/** What can be done with a conversation; each change is seen everywhere at once. */
export function useConversationActions(id: number): ConversationActions {
  const { t } = useText();
  const client = useQueryClient();
  const staffId = useMe().user.id;
  const departmentId = useMyDepartment();
  const [running, setRunning] = useState({ isBusy: false, error: null as unknown });
  const isRunning = useRef(false);
  const steps = useMemo(() => {
    const params = { id };
    const run = async (step: () => Promise<Conversation>, done?: () => void) => {
      // A key pressed twice is one wish.
      if (isRunning.current) return;
      isRunning.current = true;
      setRunning({ isBusy: true, error: null });
      try {
        writeConversation(client, await step(), { staffId, departmentId });
        done?.();
        setRunning({ isBusy: false, error: null });
      } catch (error) {
        setRunning({ isBusy: false, error });
      } finally {
        isRunning.current = false;
      }
    };
    const reopen = () => void run(() => call(reopenConversation, { params }));
    const undo = (onClick: () => void) => ({ label: t("undo"), onClick });
    const assign = (to: Assignment, name: string, before: Assignment) =>
      void run(
        () => call(assignConversation, { params, body: to }),
        () =>
          showToast({
            text: t("action.assigned", { name }),
            undo: undo(() => void run(() => call(assignConversation, { params, body: before }))),
          }),
      );
    return {
      reopen,
      assign,
      take: () => void run(() => call(takeConversation, { params })),
      close: () =>
        void run(
          () => call(closeConversation, { params }),
          () => showToast({ text: t("action.closed"), undo: undo(reopen) }),
        ),
      giveBack: () =>
        void run(
          () => call(returnConversation, { params }),
          () =>
            showToast({
              text: t("action.givenBack"),
              undo: undo(() => void run(() => call(takeConversation, { params }))),
            }),
        ),
    };
  }, [client, departmentId, id, staffId, t]);
  return { ...steps, ...running };
}
