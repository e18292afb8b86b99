import { createSimulator, mediaCatalog, type MediaItem, type SimulatorContainerInput } from '../../../src/testing.js';
import { seed } from './seed.js';

/** What each picture is posted with beside its own hook and caption, as the variants of one campaign are. */
const variants: Readonly<Record<string, readonly (readonly [hook: string, caption: string])[]>> = {
  'dawn-run': [
    ['Day 12.\nStill not a runner.\nStill running.', 'Nobody is fast at six in the morning. #morningrun'],
    ['Eight minutes before work', 'Shoes by the door, alarm across the room. #habits'],
    ['The run nobody posts about 🌅', 'Slow, dark, and the best part of the day.'],
  ],
  'evening-calendar': [
    ['Your evenings are not a backlog', 'I let my calendar say no for me. #boundaries'],
    ['Six o’clock.\nLaptop closed.', 'Two weeks in, and nobody has noticed but me.'],
    ['Plan less, finish more', 'One thing a day that matters. The rest can wait.'],
  ],
  'slow-coffee': [
    ['Grind. Bloom.\nPour. Wait.', 'Three minutes that are only yours. ☕'],
    ['No phone\nuntil the cup is empty', 'Try it tomorrow and tell me how long it took.'],
    ['The best part of my day\nis the slowest', 'Same cup, same window, every morning.'],
  ],
  'night-serum': [
    ['Four drops, then sleep', 'Day 30 of doing less. #skincare'],
    ['I threw out nine bottles\nand kept this one', 'The shelf has never looked better.'],
    ['The two-minute\nevening routine', 'Wash, four drops, lights out. #nightroutine'],
  ],
  'patient-plants': [
    ['You are watering it wrong 🌱', 'Once a week is plenty. Really.'],
    ['Plants for people who travel', 'Three weeks away, and all of them alive.'],
    ['Alive since March,\nno thanks to me', 'Number two thrives on neglect. #plantparent'],
  ],
  'coast-weekend': [
    ['One bag.\nOne train.\nTwo swims.', 'What we packed, and what we did not need.'],
    ['Where we go\nwhen nobody has planned', 'An hour by train, and cheaper than staying home.'],
  ],
  'city-honey': [
    ['212 jars,\nthen we wait for spring', 'Order before Sunday. After that it is gone. 🐝'],
    ['Nine streets, one hive', 'What grows on your balcony ends up in the jar.'],
  ],
  'slow-ceramics': [
    ['The autumn kiln\nopens on Friday', 'Forty bowls, no two alike. #handmade'],
    ['Forty bowls.\nForty owners.', 'Thrown on Monday, yours by the weekend.'],
  ],
  'reading-lamp': [['Warm at eight,\ngone by eleven', 'The last light of the day should not be a screen.']],
};

const used = new Map<string, number>();

/**
 * A hook and a caption for a container that the simulator makes as its `place`th, from 0 on. Which picture it gets follows from the seed and its
 * place, so that a rehearsal tells.
 */
export async function fittingWords(place: number, input: SimulatorContainerInput): Promise<{ hook: string; caption: string }> {
  const { name, hook, caption } = await pictureAt(place, input);
  const words = [[hook, caption] as const, ...(variants[name] ?? [])];
  const turn = used.get(name) ?? 0;
  used.set(name, turn + 1);
  const [nextHook, nextCaption] = words[turn % words.length] ?? [hook, caption];
  return { hook: nextHook, caption: nextCaption };
}

async function pictureAt(place: number, input: SimulatorContainerInput): Promise<MediaItem> {
  const rehearsal = createSimulator({ seed, containers: Array.from({ length: place }, () => ({ state: 'completed' as const })) });
  const id = rehearsal.addContainer({ ...input, state: 'completed' });
  const response = await rehearsal.fetch(`https://rehearsal.invalid/v1/content/${id}`);
  const { preview }: { preview: { primaryUrl: string } } = await response.json();
  const found = mediaCatalog.find((item) => filesOf(item).some((file) => preview.primaryUrl.endsWith(`/${file}`)));
  if (!found) throw new Error(`The demo does not know ${preview.primaryUrl}.`);
  return found;
}

function filesOf(item: MediaItem): readonly string[] {
  if (item.kind === 'slideshow') return item.slides;
  return [item.kind === 'video' ? item.video : item.image];
}
