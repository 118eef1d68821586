// A press and its release must meet the same button: what is drawn anew between the two swallows the click.
// Returns `draw`, put off until the pointer that went down in `place` has come up and its click is through.
export function unpressed(place, draw) {
  let pressed = false;
  let due = false;
  const release = () => setTimeout(() => {
    pressed = false;
    if (due) draw();
    due = false;
  });
  place.addEventListener('pointerdown', () => {
    pressed = true;
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, { once: true });
  });
  return () => {
    if (pressed) due = true;
    else draw();
  };
}
