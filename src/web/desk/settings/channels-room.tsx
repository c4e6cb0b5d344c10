export function ChannelsRoom() {
  return null;
}
