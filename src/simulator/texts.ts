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

/** Captions of posts. */
export const captions: readonly string[] = [
  'Thirty days, one run at a time…',
  'Save this for Sunday evening.',
  'Tell me in the comments which one you would try first 👇',
  'Link in bio. No code, no catch.',
  'Full list on the last slide. Which did I forget?',
  'Made with far too much coffee ☕ #smallbusiness',
  'Day 12 and I have not quit yet. #habits #dayinmylife',
  'It really is that simple. #howto',
  'Send this to the friend who needs it.',
  'Part 2 if this reaches one person.',
  'No filter, no voice-over, just the thing. #honestreview',
  'You can thank me in a month. #budgeting #moneytok',
];

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
