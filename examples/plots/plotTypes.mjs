// @ts-check
/** @import * as Plot from '@observablehq/plot' */

/** @typedef {(SVGSVGElement | HTMLElement) & Plot.Plot} Picture - what Plot.plot gives: an element to put into a page */
/** @typedef {Plot.PlotOptions} PictureOptions - anything Plot.plot takes: width, height, document (outside a browser) */

export {};
