import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createTopic, deleteTopic, replaceTopic } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { inputOf, type TopicDraft } from "./topic-draft.ts";

/** Saves a topic whole; training begins by itself. */
export function useTopicSaving(id: number | null) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changed = () => client.invalidateQueries({ queryKey: ["knowledge"] });
  const saving = useMutation({
    mutationFn: (draft: TopicDraft) => {
      const body = inputOf(draft);
      return id === null ? call(createTopic, { body }) : call(replaceTopic, { params: { id }, body });
    },
    onSuccess: (topic) => {
      void changed();
      showToast({ text: t("topic.saved") });
      if (id === null)
        void navigate({ to: "/knowledge/$topic", params: { topic: String(topic.id) }, replace: true });
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteTopic, { params: { id: id ?? 0 } }),
    onSuccess: () => {
      void changed();
      showToast({ text: t("topic.removed") });
      void navigate({ to: "/knowledge" });
    },
  });
  return { saving, removing };
}
