/**
 * Stands in for lucide-react's `createLucideIcon` when the widget is built (vite.widget.config.ts): an icon module
 * then gives its bare drawing instead of a React component, and React stays outside.
 */
type IconNode = readonly (readonly [tag: string, attributes: Record<string, string>])[];

export interface IconData {
  node: IconNode;
}

// lucide's modules import the default.
// biome-ignore lint/style/noDefaultExport: the replaced module's shape
export default function drawing(data: IconData): IconNode {
  return data.node;
}

export type { IconNode };
