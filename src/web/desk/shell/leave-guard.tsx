import { useBlocker } from "@tanstack/react-router";
import { useRef } from "react";
import { Answers, Dialog } from "../../ui/dialog.tsx";

interface GuardProps {
  isUnsaved: boolean;
  words: { title: string; text: string; stay: string; leave: string; close: string };
}

/** Asks before a text that nobody saved is left: by a link of the desk here, by closing the page the browser does. */
export function LeaveGuard({ isUnsaved, words }: GuardProps) {
  const stay = useRef<HTMLButtonElement>(null);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved && current.pathname !== next.pathname,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  });
  const goBack = () => blocker.reset?.();
  return (
    <Dialog
      isOpen={blocker.status === "blocked"}
      onClose={goBack}
      title={words.title}
      closeLabel={words.close}
      focusFirst={stay}
    >
      <p>{words.text}</p>
      <Answers
        safe={{ label: words.stay, onClick: goBack, ref: stay }}
        act={{ label: words.leave, onClick: () => blocker.proceed?.(), danger: true }}
      />
    </Dialog>
  );
}
