import { Globe, type LucideIcon, Mail, MessageCircle, Phone, Send } from "lucide-react";
import { useText } from "../text/use-text.ts";

/** Those that can be connected; the telephone is one in which nothing can be sent. */
export const connectableKinds = ["web", "whatsapp", "telegram", "email"] as const;
export type ConnectableKind = (typeof connectableKinds)[number];
export const channelKinds = [...connectableKinds, "phone"] as const;
export type ChannelKind = (typeof channelKinds)[number];

const signs: Record<ChannelKind, LucideIcon> = {
  web: Globe,
  whatsapp: MessageCircle,
  telegram: Send,
  email: Mail,
  phone: Phone,
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
