import { plural, span, whole } from '../internal/intl.js';
import type { LayersMessages } from '../provider/messages.js';
import { pack } from './pack.js';

/** The words in Arabic. */
export const messages: LayersMessages = pack({
  progressLabel: 'التقدّم',
  progressLoading: 'جارٍ التحقق من التقدّم',
  progressLate: 'التحديثات متأخرة',
  progressUnavailable: 'التقدّم غير متاح',
  working: 'قيد العمل',
  freshnessWords: {
    stalled: 'يستغرق وقتًا أطول من المعتاد',
    network: 'لا يوجد اتصال',
    deadline: 'لا يزال قيد العمل',
    paused: 'التحديثات متوقفة مؤقتًا',
    budget: 'التحديثات أبطأ',
    late: 'التحديثات متأخرة',
  },
  stageWords: {
    queued: 'في انتظار البدء',
    analyzing_source: 'تحليل المصدر',
    writing_script: 'كتابة النص',
    generating_visuals: 'إنشاء المشاهد',
    adding_voice: 'إضافة الصوت',
    rendering: 'تجميع المقطع',
    finalizing: 'اللمسات الأخيرة',
  },
  // The short units of Arabic are single letters, which few readers know: the words are short enough.
  remaining: (seconds, locale) => {
    if (seconds <= 10) return 'بضع ثوانٍ';
    if (seconds < 60) return 'أقل من دقيقة';
    return `حوالي ${after(seconds, locale)}`;
  },
  overdue: 'يستغرق وقتًا أطول من المعتاد',
  waited: (seconds, locale) => `منذ ${after(seconds, locale)}`,
  updatedAgo: (seconds, locale) => `آخر تحديث منذ ${after(seconds, locale)}`,
  separator: '، ',
  stages: 'المراحل',
  stageStates: { done: 'تمّت', current: 'الآن', upcoming: 'لاحقًا' },
  announcement: (name, news) => `${name}: ${news}`,
  summary: {
    running: (count, written) => `${items(count, written)} قيد الإنشاء`,
    completed: (count, written) => `${items(count, written)} ${ended(count, 'جاهز', 'جاهزان', 'جاهزة')}`,
    failed: (count, written) => `تعذّر إنشاء ${items(count, written, 'مقطعين')}`,
    canceled: (count, written) => `${items(count, written)} ${ended(count, 'متوقف', 'متوقفان', 'متوقفة')}`,
  },
  statuses: {
    queued: 'في انتظار البدء',
    processing: 'قيد الإنشاء',
    completed: 'جاهز',
    failed: 'تعذّر الإنشاء',
    canceled: 'متوقف',
    unknown: 'الحالة غير معروفة',
  },
  shortStatuses: { queued: 'في الانتظار', unknown: 'غير معروف' },
  approvals: {
    not_required: 'لا حاجة إلى موافقة',
    pending: 'في انتظار موافقتك',
    approved: 'تمّت الموافقة',
    rejected: 'مرفوض',
    unknown: 'المراجعة غير معروفة',
  },
  shortApprovals: { pending: 'للموافقة', not_required: 'بلا موافقة', unknown: 'غير معروفة' },
  details: 'التفاصيل',
  detailCode: 'الرمز',
  detailRequest: 'الطلب',
  detailContainer: 'المحتوى',
  tryAgain: 'حاول مرة أخرى',
  video: 'فيديو',
  image: 'صورة',
  slideshow: 'عرض صور',
  carousel: 'عرض دوّار',
  slide: 'شريحة',
  play: (title) => (title === null ? 'تشغيل الفيديو' : `تشغيل الفيديو: ${title}`),
  pause: (title) => (title === null ? 'إيقاف الفيديو مؤقتًا' : `إيقاف الفيديو مؤقتًا: ${title}`),
  previousSlide: 'الصورة السابقة',
  nextSlide: 'الصورة التالية',
  showSlide: (position, count, locale) => `عرض الصورة ${whole(position, locale)} من ${whole(count, locale)}`,
  slidePosition: (position, count, locale) => `${whole(position, locale)} من ${whole(count, locale)}`,
  videoFailed: 'تعذّر تحميل هذا الفيديو.',
  imageFailed: 'تعذّر تحميل هذه الصورة.',
  previewUnavailable: 'تعذّر تحميل هذه المعاينة.',
  noPreview: 'لا توجد معاينة بعد',
  noMedia: 'لا توجد معاينة',
  openFile: 'فتح الملف',
  mute: 'كتم الصوت',
  unmute: 'تشغيل الصوت',
  seek: 'الموضع',
  seekOf: (position, length) => `${position} من ${length}`,
  speedOf: (rate) => `السرعة: ${rate}`,
  fullscreen: 'ملء الشاشة',
  exitFullscreen: 'الخروج من ملء الشاشة',
  zoom: 'عرض بحجم كبير',
  actualSize: 'الحجم الكامل',
  close: 'إغلاق',
  startRotation: 'تحريك الصور',
  stopRotation: 'إيقاف الصور',
  renewing: 'انتهت صلاحية هذا الرابط. جارٍ تحميل رابط جديد.',
  failedPartly: 'تعذّر الإنشاء',
  untitled: 'بلا عنوان',
  cardLoading: 'جارٍ التحميل',
  cardUnavailable: 'تعذّر التحميل.',
  decision: 'قرارك',
  approve: 'موافقة',
  reject: 'رفض',
  approving: 'جارٍ الموافقة',
  rejecting: 'جارٍ الرفض',
  addNote: 'إضافة ملاحظة',
  approvalNote: 'ملاحظة (اختيارية)',
  rejectTitle: 'هل تريد الرفض؟',
  rejectText: 'الرفض نهائي: لا تمكن الموافقة بعده.',
  rejectReason: 'ما المشكلة فيه؟',
  cancelDecision: 'إلغاء',
  reasonMissing: 'اذكر المشكلة في كلمات قليلة.',
  charactersLeft: (count, locale) => `بقي ${characters(count, whole(count, locale), 'حرفان')}`,
  charactersOver: (count, locale) => `تجاوز الحد بمقدار ${characters(count, whole(count, locale), 'حرفين')}`,
  rejectedFinal: 'الرفض نهائي.',
  rejectedBecause: (reason) => `السبب: ${reason}`,
  notReadyToDecide: 'يمكنك أن تقرر حالما يصبح جاهزًا.',
  elsewhere: {
    approved: 'تمّت الموافقة عليه من مكان آخر.',
    rejected: 'تم رفضه من مكان آخر. الرفض نهائي.',
    not_required: 'لم يعد يحتاج إلى موافقة.',
    pending: 'تغيّر هذا من مكان آخر.',
    unknown: 'تغيّر هذا من مكان آخر.',
  },
  decisionForbidden: 'يمكنك المشاهدة دون اتخاذ قرار. اطلب صلاحية الموافقة من المسؤول.',
  decisionOffline: 'لا يوجد اتصال، لذلك لم يُحفظ شيء. حاول مرة أخرى عند عودة الاتصال.',
  decisionUnanswered: 'لم يصل رد، فقد لا يكون القرار محفوظًا. حاول مرة أخرى.',
  decisionLimited: 'قرارات كثيرة دفعة واحدة، لذلك لم يُحفظ هذا القرار. حاول مرة أخرى بعد قليل.',
  decisionRefused: 'لا يمكن اتخاذ قرار الآن. شاهده مرة أخرى ثم قرّر.',
  decisionFailed: 'لم يُحفظ القرار. حاول مرة أخرى.',
  schedulingFailed: 'حُفظت الموافقة، لكن المنشور الذي كان ينتظرها لم تتم جدولته. جدوله مرة أخرى.',
  platformUnfit: (platform) => `لا يناسب ${platform}`,
  platformRemarks: (platform) => `معلومات مفيدة عن ${platform}`,
});

/** So many clips. `two` is another word after a verb. */
function items(count: number, written: string, two = 'مقطعان'): string {
  return plural(count, 'ar', {
    zero: 'لا مقاطع',
    one: 'مقطع واحد',
    two,
    few: `${written} مقاطع`,
    many: `${written} مقطعًا`,
    other: `${written} مقطع`,
  });
}

/** So many characters. `two` has another ending after a preposition. */
function characters(count: number, written: string, two: string): string {
  return plural(count, 'ar', {
    one: 'حرف واحد',
    two,
    few: `${written} أحرف`,
    many: `${written} حرفًا`,
    other: `${written} حرف`,
  });
}

/** What became of so many: of one, of two, and of more, which in Arabic are spoken of in the feminine. */
function ended(count: number, one: string, two: string, few: string): string {
  return plural(count, 'ar', { one, two, few, many: few, other: few });
}

/** A length of time after a preposition, where two of something has another ending. */
function after(seconds: number, locale: string): string {
  return span(seconds, locale, 'long').replace(/تان$/, 'تين');
}
