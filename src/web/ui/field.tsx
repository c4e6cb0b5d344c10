import { OctagonAlert } from "lucide-react";
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { classNames } from "./class-names.ts";

const control =
  "w-full rounded-2 border border-line-strong bg-sheet px-3 text-desk text-ink aria-invalid:border-bad coarse:text-body";

interface FieldProps {
  label: string;
  help?: ReactNode;
  /** A sentence: field, cause, correction. */
  error?: string | null;
  /** The label is said, but not shown, where the place already names the field. */
  hideLabel?: boolean;
}

interface FrameProps extends FieldProps {
  id: string;
  className?: string;
  children: ReactNode;
}

function Frame({ id, label, help, error, hideLabel, className, children }: FrameProps) {
  return (
    <div className={classNames("grid content-start gap-1", className)}>
      <label htmlFor={id} className={hideLabel ? "ear-only" : "text-small font-strong"}>
        {label}
      </label>
      {children}
      {help && (
        <p id={`${id}-help`} className="text-small text-ink-2">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-small font-medium text-bad">
          <OctagonAlert size={16} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, { help, error }: FieldProps) {
  const ids = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return { id, "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
}

export interface TextFieldProps extends FieldProps, InputHTMLAttributes<HTMLInputElement> {
  /** A code that people compare: keys, colours. */
  isCode?: boolean;
  /** Stands at the field's right end, in its frame. */
  trailing?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  help,
  error,
  hideLabel,
  isCode = false,
  trailing,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const field = { label, help, error, hideLabel };
  const input = (
    <input
      {...described(id, field)}
      className={classNames(
        control,
        "h-(--ah-control)",
        isCode && "font-mono",
        trailing !== undefined && "pr-(--ah-control)",
      )}
      {...rest}
    />
  );
  return (
    <Frame id={id} className={className} {...field}>
      {trailing === undefined ? (
        input
      ) : (
        <div className="relative">
          {input}
          {trailing}
        </div>
      )}
    </Frame>
  );
}

export interface TextAreaProps extends FieldProps, TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ label, help, error, hideLabel, className, ...rest }: TextAreaProps) {
  const id = useId();
  const field = { label, help, error, hideLabel };
  return (
    <Frame id={id} className={className} {...field}>
      <textarea {...described(id, field)} className={classNames(control, "py-2 leading-normal")} {...rest} />
    </Frame>
  );
}

export interface SelectFieldProps extends FieldProps, SelectHTMLAttributes<HTMLSelectElement> {
  options: readonly { value: string; label: string }[];
}

export function SelectField({
  label,
  help,
  error,
  hideLabel,
  options,
  className,
  ...rest
}: SelectFieldProps) {
  const id = useId();
  const field = { label, help, error, hideLabel };
  return (
    <Frame id={id} className={className} {...field}>
      <select {...described(id, field)} className={classNames(control, "h-(--ah-control) pr-8")} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
