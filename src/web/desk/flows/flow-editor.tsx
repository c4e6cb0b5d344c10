import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useRef } from "react";
import type { Flow } from "../../../skills/service/api.ts";
import { isManager, useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { LeaveGuard } from "../shell/leave-guard.tsx";
import { useText } from "../text/use-text.ts";
import { ConflictCard } from "./conflict-card.tsx";
import { EditorBar } from "./editor-bar.tsx";
import { FaultList } from "./fault-list.tsx";
import { Panels } from "./panels.tsx";
import { checkQuery } from "./queries.ts";
import { TextPane, type TextPaneHandle } from "./text-pane.tsx";
import { useFlowDraft } from "./use-flow-draft.ts";
import { useFlowSaving } from "./use-flow-saving.ts";
import { useSettled } from "./use-settled.ts";

/** Typing is checked when it rests this long. */
const RESTS_MS = 250;

interface EditorProps {
  /** null = not saved yet */
  flow: Flow | null;
  start: string;
}

/** The text at the left; its drawing, a trial, its examples and versions at the right. Narrow: one below the other. */
export function FlowEditor({ flow, start }: EditorProps) {
  const { t, language } = useText();
  const { text, setText, base, setBase, take, isUnsaved, theirs } = useFlowDraft(flow, start);
  const pane = useRef<TextPaneHandle>(null);
  const mayWrite = isManager(useMe());
  const settled = useSettled(useDeferredValue(text), RESTS_MS);
  const check = useQuery(checkQuery(settled, language));
  const doings = useFlowSaving({ flow, base, onSaved: setBase });
  const { saving, publishing, goingLive, removing } = doings;
  const failure = saving.error ?? publishing.error ?? goingLive.error ?? removing.error;
  const isChecked = check.data !== undefined && !check.isPlaceholderData && settled === text;
  const decide = (how: () => void) => {
    how();
    saving.reset();
    publishing.reset();
  };
  const toLine = (line: number, column = 1) => pane.current?.show(line, column);
  return (
    <div className="grid gap-5">
      {!mayWrite && <p className="text-ink-2">{t("flow.readOnly")}</p>}
      <div className="grid items-start gap-5 xl:grid-cols-[1.05fr_1fr]">
        <div className="grid min-w-0 gap-3">
          <TextPane
            ref={pane}
            text={text}
            isReadOnly={!mayWrite}
            faultLines={check.data?.faults.map(({ line }) => line) ?? []}
            onChange={setText}
          />
          <FaultList check={check.data} isChecked={isChecked} error={check.error} onShow={toLine} />
          {theirs && (
            <ConflictCard
              theirs={theirs}
              onTakeTheirs={() => decide(() => take(theirs))}
              onKeepMine={() => decide(() => setBase(theirs))}
            />
          )}
          <FailureRows error={theirs ? null : failure} />
        </div>
        <Panels
          flow={flow}
          text={settled}
          check={check.data}
          doings={doings}
          onLine={toLine}
          onDraft={setText}
        />
      </div>
      <LeaveGuard
        isUnsaved={mayWrite && isUnsaved}
        words={{
          title: t("flow.leaveTitle"),
          text: t("flow.leaveText"),
          stay: t("flow.stay"),
          leave: t("flow.leave"),
          close: t("close"),
        }}
      />
      <EditorBar
        flow={flow}
        isSaved={flow !== null && !isUnsaved}
        isBehind={theirs !== null}
        text={text}
        check={isChecked ? check.data : undefined}
        mayWrite={mayWrite}
        doings={doings}
        onText={setText}
      />
    </div>
  );
}
