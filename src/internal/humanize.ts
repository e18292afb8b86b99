/** A word of the wire as words to read: `generating_visuals` → `Generating visuals`. */
export function humanize(name: string): string {
  const words = name.replace(/[\s_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
