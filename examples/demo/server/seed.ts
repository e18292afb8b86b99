/** What the demo's simulator is drawn from: every start shows the same library, with neighbours that differ. */
export const seed = 871;
