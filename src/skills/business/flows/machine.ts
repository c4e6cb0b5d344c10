import type { Effect } from "#kernel";
import { readMachineDown } from "../rules/speech.ts";
import { MACHINE_DOWN } from "../rules/timer-kinds.ts";
import { optionId, type Tap } from "./option-ids.ts";
import { later, type Scene, words } from "./scene.ts";

const MOST_OFFERED = 9;
const TITLE = 20;
const SHORTEST = 3;

/**
 * A machine stands still: found by its serial number among the machines of this company only. A number of another company
 * is as unknown as one that nobody has.
 * @returns null when it is about no machine
 */
export function decideMachine(scene: Scene, tap: Tap | null): readonly Effect[] | null {
  if (tap?.act === "machine" || tap?.act === "other") {
    // Whether it is theirs is asked where it is looked up.
    return down(scene, tap.act === "machine" ? tap.id : null);
  }
  // A colleague who has the conversation has read it.
  if (tap || scene.turn.late || scene.turn.conversation.isHeld) return null;
  const said = readMachineDown(scene.text);
  if (!said) return null;
  const own = scene.world.machines.filter(({ companyId }) => companyId === scene.companyId);
  const named = own.filter(({ key }) => said.keys.some((one) => isNamed(key, one)));
  if (named.length === 1) return down(scene, named[0]?.id ?? null);
  if (!said.isMachine && named.length === 0) return null;
  const choice = named.length > 0 ? named : own;
  if (said.keys.length > 0 && named.length === 0) return down(scene, null);
  if (choice.length === 1) return down(scene, choice[0]?.id ?? null);
  if (choice.length === 0) return down(scene, null);
  return [
    {
      do: "say",
      text: words(scene, "machineWhich"),
      options: [
        ...choice.slice(0, MOST_OFFERED).map(({ id, serial, model }) => ({
          id: optionId("machine", id),
          title: serial.slice(0, TITLE),
          description: model,
        })),
        { id: optionId("other"), title: words(scene, "optionOther") },
      ],
    },
  ];
}

/** People leave the letters in front away: 4711 is MX-4711. */
const isNamed = (key: string, said: string): boolean =>
  key === said || (said.length >= SHORTEST && key.endsWith(said));

function down(scene: Scene, machineId: number | null): readonly Effect[] {
  return [later(scene, MACHINE_DOWN, { machineId }), { do: "endFlow" }];
}
