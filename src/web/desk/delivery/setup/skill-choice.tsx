import type { CourierInput } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";

type Skill = CourierInput["skills"][number];
const skills = ["cold", "age_check", "fragile"] as const;

/** What a parcel needs, or a courier may carry. */
export function SkillChoice({
  label,
  value,
  onChange,
}: {
  label: string;
  value: readonly Skill[];
  onChange(value: Skill[]): void;
}) {
  const { t } = useText();
  return (
    <fieldset>
      <legend className="mb-1 text-small font-strong">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {skills.map((skill) => (
          <label
            key={skill}
            className="inline-flex min-h-(--ah-control) cursor-pointer items-center gap-2 rounded-2 border border-line-strong bg-sheet px-3 text-desk has-checked:border-ink has-checked:bg-accent-soft has-checked:font-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--ah-focus)"
          >
            <input
              type="checkbox"
              className="size-4 accent-(--ah-accent)"
              checked={value.includes(skill)}
              onChange={(event) =>
                onChange(event.target.checked ? [...value, skill] : value.filter((one) => one !== skill))
              }
            />
            {t(`deliverySetup.skill.${skill}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
