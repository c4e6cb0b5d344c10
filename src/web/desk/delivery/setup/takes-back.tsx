import { TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { useText } from "../../text/use-text.ts";

interface TakesBackValue {
  takesBack: boolean;
  takesBackWords: string;
}

/** Whether couriers take something along from the door, and what, and how big. */
export function TakesBack({
  takesBack,
  takesBackWords,
  onChange,
}: TakesBackValue & { onChange(value: Partial<TakesBackValue>): void }) {
  const { t } = useText();
  return (
    <div className="col-span-full grid gap-3">
      <Switch
        label={t("deliverySetup.field.takesBack")}
        help={t("deliverySetup.help.takesBack")}
        words={{ on: t("on"), off: t("off") }}
        checked={takesBack}
        onChange={(on) => onChange({ takesBack: on })}
      />
      {takesBack && (
        <TextField
          label={t("deliverySetup.field.takesBackWords")}
          help={t("deliverySetup.help.takesBackWords")}
          maxLength={200}
          value={takesBackWords}
          onChange={(event) => onChange({ takesBackWords: event.target.value })}
        />
      )}
    </div>
  );
}
