import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  createFlow,
  deleteFlow,
  type Flow,
  publishFlow,
  saveFlow,
  setLiveFlow,
} from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Problem } from "../../client/problem.ts";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { flowQuery } from "./queries.ts";

interface SavingProps {
  flow: Flow | null;
  /** What the text began with: its revision is the one that is replaced, whoever saved since. */
  base: Flow | null;
  onSaved(saved: Flow): void;
}

/** Saving a draft, taking it live, going back, removing. Live takes what was saved: what stands in the editor goes first. */
export function useFlowSaving({ flow, base, onSaved }: SavingProps) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const took = (saved: Flow) => {
    client.setQueryData(flowQuery(saved.id).queryKey, saved);
    onSaved(saved);
    void client.invalidateQueries({ queryKey: ["knowledge"] });
    if (!flow)
      void navigate({
        to: "/knowledge/flows/$flow",
        params: { flow: String(saved.id) },
        replace: true,
        ignoreBlocker: true,
      });
  };
  const write = (text: string): Promise<Flow> => {
    if (!base) return call(createFlow, { body: { text } });
    if (base.draft === text) return Promise.resolve(base);
    return call(saveFlow, { params: { id: base.id }, body: { text, revision: base.revision } });
  };
  /** Somebody was faster: their state is shown beside the text that stays in the editor. */
  const look = (error: unknown) => {
    if (base && error instanceof Problem && error.code === "conflict")
      void client.invalidateQueries({ queryKey: flowQuery(base.id).queryKey });
  };
  const saving = useMutation({
    mutationFn: write,
    onError: look,
    onSuccess(saved) {
      took(saved);
      showToast({ text: t("flow.saved") });
    },
  });
  const publishing = useMutation({
    onError: look,
    async mutationFn(text: string) {
      const saved = await write(text);
      took(saved);
      return call(publishFlow, { params: { id: saved.id }, body: { revision: saved.revision } });
    },
    onSuccess({ version }) {
      void client.invalidateQueries({ queryKey: ["knowledge"] });
      showToast({ text: t("flow.published", { version }) });
    },
  });
  const goingLive = useMutation({
    mutationFn: (version: number | null) =>
      call(setLiveFlow, { params: { id: flow?.id ?? 0 }, body: { version } }),
    onSuccess(saved, version) {
      void client.invalidateQueries({ queryKey: ["knowledge"] });
      client.setQueryData(flowQuery(saved.id).queryKey, saved);
      showToast({
        text: version === null ? t("flowVersions.offDone") : t("flowVersions.backDone", { version }),
      });
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteFlow, { params: { id: flow?.id ?? 0 } }),
    onSuccess() {
      showToast({ text: t("flow.removed") });
      void client.invalidateQueries({ queryKey: ["knowledge", "flows"] });
      void navigate({ to: "/knowledge/flows", ignoreBlocker: true });
    },
  });
  return { saving, publishing, goingLive, removing };
}
