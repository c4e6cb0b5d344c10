/** @jsxImportSource preact */
import arrowLeft from "lucide-react/icons/arrow-left";
import camera from "lucide-react/icons/camera";
import check from "lucide-react/icons/check";
import clock from "lucide-react/icons/clock";
import doorOpen from "lucide-react/icons/door-open";
import list from "lucide-react/icons/list";
import menu from "lucide-react/icons/menu";
import messageCircle from "lucide-react/icons/message-circle";
import navigation from "lucide-react/icons/navigation";
import octagonAlert from "lucide-react/icons/octagon-alert";
import packageSign from "lucide-react/icons/package";
import phone from "lucide-react/icons/phone";
import triangleAlert from "lucide-react/icons/triangle-alert";
import wifiOff from "lucide-react/icons/wifi-off";
import x from "lucide-react/icons/x";
import { h } from "preact";
import type { IconNode } from "../../widget/chat/lucide-node.ts";

const DRAWINGS = {
  arrowLeft,
  camera,
  check,
  clock,
  doorOpen,
  list,
  menu,
  messageCircle,
  navigation,
  octagonAlert,
  package: packageSign,
  phone,
  triangleAlert,
  wifiOff,
  x,
} as unknown as Record<IconName, IconNode>;

type IconName =
  | "arrowLeft"
  | "camera"
  | "check"
  | "clock"
  | "doorOpen"
  | "list"
  | "menu"
  | "messageCircle"
  | "navigation"
  | "octagonAlert"
  | "package"
  | "phone"
  | "triangleAlert"
  | "wifiOff"
  | "x";

/** A lucide drawing; always beside words, or in a button that has a name, hence hidden from screen readers. */
export function Icon({ name, size = 22 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[name].map(([tag, { key, ...attributes }]) => h(tag, { key, ...attributes }))}
    </svg>
  );
}
