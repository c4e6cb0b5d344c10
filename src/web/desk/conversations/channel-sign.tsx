import { Globe, type LucideIcon, Mail, MessageCircle, Send } from "lucide-react";
import { useText } from "../text/use-text.ts";

export const channelKinds = ["web", "whatsapp", "telegram", "email"] as const;
export type ChannelKind = (typeof channelKinds)[number];

const signs: Record<ChannelKind, LucideIcon> = {
  web: Globe,
  whatsapp: MessageCircle,
  telegram: Send,
  email: Mail,
};

/** The channel as a small sign; its name is said, and shown where it is pointed at. */
export function ChannelSign({ kind, size = 16 }: { kind: ChannelKind; size?: number }) {
  const { t } = useText();
  const Icon = signs[kind];
  return (
    <span title={t(`channel.${kind}`)} className="shrink-0 text-ink-2">
      <Icon size={size} strokeWidth={1.75} aria-hidden="true" />
      <span className="ear-only">{t(`channel.${kind}`)}</span>
    </span>
  );
}
