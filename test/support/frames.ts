/** Lets the browser draw a few times: long enough for it to report what is in view. */
export async function frames(count = 4): Promise<void> {
  for (let frame = 0; frame < count; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
}
