import type { Effect, Turn } from "#kernel";
import type { Settings } from "../rules/settings.ts";
import { continueProgress } from "./progress.ts";
import { continueReport, startReport } from "./report.ts";
import type { Scene } from "./scene.ts";
import { decideTeam } from "./team.ts";

/**
 * What this skill does with one message. Pure. A team's words first, then the step that stands open, then a new report.
 * @param windowMs how long the channel's provider lets us answer freely; null = for ever
 * @returns null when others may answer
 */
export function decide(turn: Turn, settings: Settings, windowMs: number | null): readonly Effect[] | null {
  if (settings.kinds.length === 0 && settings.teams.length === 0) return null;
  const scene: Scene = {
    turn,
    settings,
    language: turn.conversation.language,
    text: turn.message.text.trim(),
    hasWindow: windowMs !== null,
  };
  const team = decideTeam(scene);
  if (team) return team;
  const { flow } = turn.conversation;
  if (flow?.skill === "reports")
    return continueProgress(scene) ?? continueReport(scene) ?? startReport(scene);
  // A step that another skill has opened is answered there.
  return flow ? null : startReport(scene);
}
