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
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { flowQuery } from "./queries.ts";

/** Saving a draft, taking it live, going back, removing. Live takes what was saved: what stands in the editor goes first. */
export function useFlowSaving(flow: Flow | null) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const took = (saved: Flow) => {
    client.setQueryData(flowQuery(saved.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: ["knowledge"] });
    if (!flow)
      void navigate({ to: "/knowledge/flows/$flow", params: { flow: String(saved.id) }, replace: true });
  };
  const write = (text: string): Promise<Flow> => {
    if (!flow) return call(createFlow, { body: { text } });
    if (flow.draft === text) return Promise.resolve(flow);
    return call(saveFlow, { params: { id: flow.id }, body: { text, revision: flow.revision } });
  };
  const saving = useMutation({
    mutationFn: write,
    onSuccess(saved) {
      took(saved);
      showToast({ text: t("flow.saved") });
    },
  });
  const publishing = useMutation({
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
      took(saved);
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
      void navigate({ to: "/knowledge/flows" });
    },
  });
  return { saving, publishing, goingLive, removing };
}
