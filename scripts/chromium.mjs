/** Where Chromium is: Debian's, or the one named in CHROMIUM. Nothing is downloaded. */
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
