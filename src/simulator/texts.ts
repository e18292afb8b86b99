/** Hooks as people write them: short, some with line breaks, a few with an emoji. */
export const hooks: readonly string[] = [
  'I tried waking up at 5 for a week.\nHere is what nobody says.',
  'Stop buying planners.',
  'The 10-minute tidy\nthat saved my Sundays',
  'POV: your budget finally adds up 💸',
  'Three things I wish I knew\nbefore my first half marathon',
  'Nobody asked.\nBut this pasta is free.',
  'You are watering it wrong 🌱',
  'How I read 40 books\nwithout reading more',
  'My dentist hates this.\n(He does not. He told me.)',
  'Small kitchen, big dinner',
  'wait for it...\nthis simple habit changed everything about my mindset 🧠',
  'What €6 gets you in Lisbon',
  'The calendar app that finally respects your evenings',
  'I deleted 4 apps.\nI kept this one.',
  'Your back hurts\nbecause of your chair.\nProbably.',
  'A five-day skin reset,\nhonestly reviewed',
  'This is your sign to call your grandmother 📞',
  'Dog people, this is for you 🐕',
  'We asked 100 nurses about shoes',
  'One pan. No excuses.',
  'The cheapest way to make a room look warm',
  'Learning Italian\nfor the menu only 🍝',
  'Things in my bag that earn their place',
  'If you only stretch one muscle today',
  'I was today years old\nwhen I learned to fold a shirt',
  'Before you book that flight',
  'Quiet hobbies for loud weeks',
  'How we packed for 3 weeks\nin one backpack',
  'The first thing I do at my desk',
  'Plant parents, deep breath 🌿',
  'Two minutes of maths\nthat save you a month of rent',
];

/** What the pieces of the media catalogue are posted with beside their own hook and caption, as the variants of one campaign are. */
export const variants: Readonly<Record<string, readonly (readonly [hook: string, caption: string])[]>> = {
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

/** Topics of the briefs the old edition carries. */
export const topics: readonly { topic: string; angle: string; cta: string; valuePropositions: string[] }[] = [
  {
    topic: 'Your first 30 days of running',
    angle: 'habit-building',
    cta: 'Start today.',
    valuePropositions: ['consistency', 'beginner-friendly'],
  },
  {
    topic: 'Evenings without notifications',
    angle: 'relief',
    cta: 'Try it for a week.',
    valuePropositions: ['focus', 'calm'],
  },
  {
    topic: 'Plants that forgive',
    angle: 'humour',
    cta: 'Pick one.',
    valuePropositions: ['low effort', 'affordable'],
  },
];
