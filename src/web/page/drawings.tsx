/** @jsxImportSource preact */
/**
 * The shop's goods: ink lines on one horizon, one spot of the company's accent. The ground line is at the same
 * height in every drawing.
 */

export function Roaster() {
  return (
    <svg class="drawing" viewBox="0 0 360 312" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <path class="ink" d="M-400 230.5h1160" />
      <path
        class="ink"
        d="M74 160H46a8 8 0 0 0-8 8v6.5a8 8 0 0 0 8 8h30M286 160h28a8 8 0 0 1 8 8v6.5a8 8 0 0 1-8 8h-30"
      />
      <path class="accent" d="M70 150h220l-12 71a11 11 0 0 1-11 9.5H93a11 11 0 0 1-11-9.5z" />
      <path class="ink" d="M165 92c0-10 6-13 15-13s15 3 15 13" />
      <path class="accent" d="M72 140c10-32 52-49 108-49s98 17 108 49z" />
      <path class="accent" d="M62 139.5h236v12H62z" />
      <circle class="sheet" cx="180" cy="75" r="11" />
      <path class="shine" d="M101 125c14-12 36-19 65-20" />
    </svg>
  );
}

export function Jug() {
  return (
    <svg class="drawing" viewBox="0 0 240 160" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <path class="ink" d="M-400 130.5h1040" />
      <path class="ink" d="M146 60c24-6 38 4 34 22-4 16-18 24-34 22" />
      <path class="sheet" d="M92 44h54c6 26 8 50 2 78-2 6-5 8-10 8h-38c-5 0-8-2-10-8-6-28-4-52 2-78z" />
      <path class="accent" d="M88 70c20 8 42 8 62 0l1 22c-22 8-42 8-64 0z" />
      <path class="sheet" d="M94 56 78 38l16 6z" />
      <path class="ink" d="M92 44h54" />
    </svg>
  );
}

export function Lamp() {
  return (
    <svg class="drawing" viewBox="0 0 240 160" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <path class="ink" d="M-400 130.5h1040" />
      <path class="ink" d="M120 130V72M96 130.5c0-8 10-12 24-12s24 4 24 12" />
      <path class="accent" d="M82 74a38 38 0 0 1 76 0z" />
      <path class="ink" d="M98 86l-8 14M142 86l8 14" />
    </svg>
  );
}

export function Knob() {
  return (
    <svg class="drawing" viewBox="0 0 240 160" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <path class="ink" d="M-400 130.5h1040" />
      <path class="accent" d="M48 130c4-28 30-42 62-42s58 14 62 42z" />
      <path class="ink" d="M98 88c0-8 5-10 12-10s12 2 12 10" />
      <circle class="sheet" cx="110" cy="70" r="9" />
      <path class="ink" d="M196 130V92m-4 34h8v4h-8zm-4-34V66a8 8 0 0 1 16 0v26z" />
    </svg>
  );
}
