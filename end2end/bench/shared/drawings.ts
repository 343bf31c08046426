// The drawings of both pages: the insides of an SVG on a grid of 24 by 24, the same as the portal's (Lucide, ISC licence).
const MEGAPHONE =
  '<path d="M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z"/><path d="M6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14"/>';

export const drawings = {
  calm: `${MEGAPHONE}<path d="M8 6v8"/>`,
  amber: `<g transform="translate(-2 3) scale(.8)">${MEGAPHONE}<path d="M8 6v8"/></g><path d="M18.5 7.5a5.5 5.5 0 0 1 0 7"/><path d="M21 5a9.5 9.5 0 0 1 0 12"/>`,
  red: `<g transform="translate(-2 3) scale(.85)" fill="currentColor">${MEGAPHONE}</g><path d="M21.5 4v9" stroke-width="2.75"/><path d="M21.5 18v.01" stroke-width="3.25"/>`,
  plugged:
    '<path d="M12 22v-5"/><path d="M15 8V2"/><path d="M17 8a1 1 0 0 1 1 1v4a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4V9a1 1 0 0 1 1-1z"/><path d="M9 8V2"/>',
  unplugged:
    '<path d="m19 5 3-3"/><path d="m2 22 3-3"/><path d="M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z"/><path d="M7.5 13.5 10 11"/><path d="M10.5 16.5 13 14"/><path d="m12 6 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z"/>',
  chevron: '<path d="m9 18 6-6-6-6"/>',
  create: '<path d="M5 12h14"/><path d="M12 5v14"/>',
  update: '<path d="m4 20 1-5L16 4l4 4L9 19z"/><path d="m13 7 4 4"/>',
  delete: '<path d="M4 7h16"/><path d="M9 7V4h6v3"/><path d="m6 7 1 13h10l1-13"/>',
};

export type Drawing = keyof typeof drawings;
