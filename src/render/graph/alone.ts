import type { PlacedBox } from './placed-box.ts';

/** Between boxes, in pixels. */
const gap = 14;

/** How wide a row of boxes is where the picture is no wider, in pixels. */
const usualWidth = 1_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Puts the boxes that have no place yet into rows below the picture of the others. Sizes in pixels. */
export function layOutAlone(
  sizes: readonly Size[],
  placed: ReadonlyMap<number, PlacedBox>,
  picture: Size,
): Size & { readonly boxes: readonly PlacedBox[] } {
  const most = Math.max(picture.width, usualWidth);
  const start = placed.size === 0 ? 0 : picture.height + 2 * gap;
  let [x, y, rowHeight, widest] = [0, start, 0, picture.width];
  const boxes = sizes.map((size, index) => {
    const known = placed.get(index);
    if (known) return known;
    if (x > 0 && x + size.width > most) [x, y, rowHeight] = [0, y + rowHeight + gap, 0];
    const box = { x, y, ...size };
    [x, rowHeight, widest] = [
      x + size.width + gap,
      Math.max(rowHeight, size.height),
      Math.max(widest, x + size.width),
    ];
    return box;
  });
  const isAll = placed.size === sizes.length;
  return { width: widest, height: isAll ? picture.height : y + rowHeight, boxes };
}
