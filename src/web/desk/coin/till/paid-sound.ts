/** Two short notes for "paid", made by the browser: no file, and none of it without a touch before. */

const KEPT = "till-sound";
const NOTES = [
  { hertz: 660, at: 0, for: 0.12 },
  { hertz: 990, at: 0.13, for: 0.22 },
] as const;
const LOUD = 0.18;

let context: AudioContext | null = null;

export function isSoundOn(): boolean {
  return localStorage.getItem(KEPT) !== "off";
}

export function setSound(isOn: boolean): void {
  localStorage.setItem(KEPT, isOn ? "on" : "off");
}

/** Called while a key or finger is down: afterwards the browser lets the page sound. */
export function readySound(): void {
  if (!("AudioContext" in window)) return;
  context ??= new AudioContext();
  void context.resume();
}

export function playPaid(): void {
  if (!context || !isSoundOn()) return;
  for (const note of NOTES) {
    const begin = context.currentTime + note.at;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = note.hertz;
    volume.gain.setValueAtTime(LOUD, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + note.for);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + note.for);
  }
}
